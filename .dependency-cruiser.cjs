/*
 * The one tool that knows which folder may use which. A top folder is a process; inside `native-worker` a folder is a
 * process (cli, service, trainer, images) or a kind of knowledge (project, surfaces, metrics, files, random).
 */
const processes = ['contract', 'electron', 'renderer', 'native-worker', 'build', 'tests']
const rooms = ['cli', 'service', 'project', 'trainer', 'images', 'surfaces', 'metrics', 'files', 'random']

/** `from` may import `allowed` and itself, and no other of `all`. */
const only = (from, allowed, { all = processes, below = '' } = {}) => ({
  name: `${from}-boundary`,
  comment: `${from} may import ${[from, ...allowed].join(', ')}`,
  severity: 'error',
  from: { path: `^${below}${from}/` },
  to: { path: `^${below}(${all.filter((folder) => folder !== from && !allowed.includes(folder)).join('|')})/` },
})
const room = (from, allowed) => only(from, allowed, { all: rooms, below: 'native-worker/' })

/** What a folder runs without, whoever imports it. */
const without = (name, path, packages, comment) => ({
  name: `${name}-runs-without`,
  comment,
  severity: 'error',
  from: { path },
  to: { path: `(^|/)(${packages.join('|')})($|/)` },
})

/** Arithmetic on tensors and numbers. */
const pure = [
  'native-worker/(metrics|random|surfaces)',
  'native-worker/trainer/(recipes|adversarial|networks|embedding|uplift)',
]
  .map((folder) => `^${folder}/`)
  .join('|')

/** Started as processes, read by tools, or found by name: nothing imports them. */
const entries = [
  '^electron/(main|preload)\\.ts$',
  '^native-worker/service/utility-process\\.ts$',
  '^native-worker/cli/main\\.ts$',
  '^native-worker/(trainer|images)/child\\.ts$',
  '^renderer/main\\.ts$',
  '\\.d\\.ts$',
  '^build/[^/]+\\.mjs$',
  '^build/commands/',
  '^build/checks/architecture-picture\\.ts$',
  '\\.(test|bench)\\.ts$',
]

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    only('contract', []),
    only('electron', ['contract']),
    only('renderer', ['contract']),
    only('native-worker', ['contract']),
    only('build', ['contract', 'native-worker']),

    {
      name: 'offline-has-one-seam',
      comment: 'only the resolver knows what a closed network needs; nothing that ships does',
      severity: 'error',
      from: { path: '^build/', pathNot: '^build/(offline/|runtime/resolve-runtime\\.ts$)' },
      to: { path: '^build/offline/' },
    },

    room('files', []),
    room('random', []),
    room('metrics', ['random']),
    room('surfaces', ['random']),
    room('images', ['surfaces', 'files', 'random', 'metrics']),
    room('project', ['files', 'random', 'metrics']),
    room('trainer', ['files', 'random', 'metrics', 'surfaces']),
    room('service', ['project', 'trainer', 'surfaces', 'metrics', 'files', 'random']),
    room('cli', ['service', 'project', 'trainer', 'files']),

    without('electron', '^electron/', ['better-sqlite3', 'sharp'], 'no native module in the main process'),
    without('contract', '^contract/', ['electron', 'better-sqlite3', 'sharp', 'pino'], 'shapes and names only'),
    without('renderer', '^renderer/', ['electron', 'better-sqlite3', 'sharp', 'pino'], 'a sandboxed page'),
    without('native-worker', '^native-worker/', ['electron'], 'the worker also runs in plain Node'),
    without(
      'trainer',
      '^native-worker/trainer/',
      ['better-sqlite3', 'sharp'],
      'it knows no database and decodes nothing',
    ),
    without('service', '^native-worker/(service|project)/', ['sharp'], 'hostile pictures are decoded in a child'),
    {
      name: 'arithmetic-is-pure',
      comment: 'recipes, networks, features, metrics and surfaces know no files, ports or processes',
      severity: 'error',
      from: { path: pure },
      to: { dependencyTypes: ['core'] },
    },
    without(
      'surfaces',
      '^native-worker/surfaces/',
      ['sharp', '@tensorflow'],
      'drawing gives bytes; who wants them stores them',
    ),
    {
      name: 'recipes-know-no-tasks',
      comment: 'a recipe knows engines, networks and the contract; tasks know recipes',
      severity: 'error',
      from: { path: '^native-worker/trainer/(recipes|adversarial|networks|engines)/' },
      to: { path: '^native-worker/trainer/(tasks/|[^/]+\\.ts$)' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'two files that need each other are one file, or lack a third',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'nothing imports it and it imports nothing: dead',
      from: { orphan: true, pathNot: entries },
      to: {},
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'the imported file or package does not exist',
      from: {},
      to: { couldNotResolve: true, pathNot: '^electron' },
    },
    {
      name: 'declared',
      severity: 'error',
      comment: 'what ships may import declared dependencies only',
      from: { path: '^(contract|electron|native-worker)/' },
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '(^|/)electron($|/)',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^tests/fixtures/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types', 'svelte'],
    },
    cache: { folder: '.cache/dependency-cruiser', strategy: 'metadata' },
  },
}
