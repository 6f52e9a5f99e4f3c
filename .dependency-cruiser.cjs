/** Which folder may import which; the same rules as in eslint, but seen over the whole graph. */
const folders = ['contract', 'electron', 'renderer', 'native-worker', 'build', 'tests']

const only = (from, allowed) => ({
  name: `${from}-boundary`,
  comment: `${from} may import ${[from, ...allowed].join(', ')}`,
  severity: 'error',
  from: { path: `^${from}/` },
  to: { path: `^(${folders.filter((folder) => folder !== from && !allowed.includes(folder)).join('|')})/` },
})

/** Started as processes, read by tools, or found by name: nothing imports them. */
const entries = [
  '^electron/(main|preload)\\.ts$',
  '^native-worker/service/utility-process\\.ts$',
  '^native-worker/cli/main\\.ts$',
  '^native-worker/compute/(trainer|images)/child\\.ts$',
  '^renderer/main\\.ts$',
  '\\.d\\.ts$',
  '^build/[^/]+\\.mjs$',
  '^build/commands/',
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
      name: 'recipes-know-tensors-only',
      comment: 'a recipe knows engines, networks and the contract: no SQL, files, ports or processes',
      severity: 'error',
      from: { path: '^native-worker/trainer/recipes/' },
      to: {
        path: [
          '^native-worker/(service|storage|library|review|export|cli|compute/(trainer|images)/)',
          '^(better-sqlite3|electron|sharp|pino)$',
        ],
      },
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
