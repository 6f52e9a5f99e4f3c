import { join } from 'node:path'
import { runCommand } from '../../native-worker/files/run-command.ts'
import { projectRoot } from '../setup/project-root.ts'
import type { Tally } from './tally.ts'

interface Check {
  readonly name: string
  /** Script, from node_modules, and its arguments; caches live in .cache. */
  readonly command: readonly [string, ...string[]]
}

const sourceFolders = ['contract', 'electron', 'native-worker', 'renderer', 'build', 'tests'] as const

/** Longest first, so that they fill the cores. */
const checks: readonly Check[] = [
  {
    name: 'eslint',
    command: ['eslint/bin/eslint.js', '.', '--max-warnings=0', '--cache', '--cache-location', '.cache/eslint/'],
  },
  { name: 'types', command: ['typescript/bin/tsc', '-b'] },
  {
    name: 'svelte-check',
    command: [
      'svelte-check/bin/svelte-check',
      '--tsconfig',
      './renderer/tsconfig.json',
      '--fail-on-warnings',
      '--output',
      'human',
    ],
  },
  {
    name: 'prettier',
    command: [
      'prettier/bin/prettier.cjs',
      '--check',
      '.',
      '--log-level',
      'warn',
      '--cache',
      '--cache-location',
      '.cache/prettier',
    ],
  },
  {
    name: 'boundaries',
    command: ['dependency-cruiser/bin/dependency-cruiser.mjs', ...sourceFolders, '--config', '.dependency-cruiser.cjs'],
  },
  { name: 'picture', command: ['../build/checks/architecture-picture.ts'] },
  { name: 'unused', command: ['knip/bin/knip.js', '--cache', '--cache-location', '.cache/knip'] },
]

/** Two at a time: each keeps about one core busy. */
const parallel = 2

/** Every static check, each with a line of its own; what a failing one printed follows its line. */
export async function runChecks(): Promise<Tally> {
  const waiting = [...checks]
  let passed = 0
  let failed = 0
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      if (await runCheck(check)) passed++
      else failed++
    }
  }
  await Promise.all(Array.from({ length: parallel }, work))
  return { passed, failed, skipped: 0 }
}

async function runCheck({ name, command: [script, ...args] }: Check): Promise<boolean> {
  const startedAt = Date.now()
  const { code, stdout, stderr } = await runCommand(
    process.execPath,
    [join(projectRoot, 'node_modules', script), ...args],
    {
      cwd: projectRoot,
    },
  )
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  const output = code === 0 ? '' : `${stdout}${stderr}`.trimEnd() + '\n'
  process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n${output}`)
  return code === 0
}
