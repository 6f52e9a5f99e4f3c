import { mkdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { projectRoot } from '../setup/project-root.ts'
import { runVisibly } from '../setup/run-visibly.ts'
import { onScreen } from '../setup/screen.ts'
import type { PlaywrightReport } from './read-playwright-report.ts'
import { tallyPlaywright } from './read-playwright-report.ts'
import type { VitestReport } from './read-vitest-report.ts'
import { tallyVitest } from './read-vitest-report.ts'
import type { Tally } from './tally.ts'

export interface TestOptions {
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
}

export async function runVitest(part: 'unit' | 'integration' | 'package', { args, env }: TestOptions): Promise<Tally> {
  const report = await freshReport(`vitest-${part}.json`)
  const runner = join(projectRoot, 'node_modules/vitest/vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  // Some integration and all package tests open a window.
  const [command, ...rest] = onScreen([process.execPath, runner, 'run', `tests/${part}`, ...reporters, ...args])
  const code = await runVisibly(command, rest, { cwd: projectRoot, env })
  return readTally(report, { code, tally: (parsed) => tallyVitest(parsed as VitestReport) })
}

export async function runPlaywright({ args, env }: TestOptions): Promise<Tally> {
  const report = await freshReport('playwright.json')
  const runner = join(projectRoot, 'node_modules/@playwright/test/cli.js')
  const [command, ...rest] = onScreen([process.execPath, runner, 'test', ...args], { always: true })
  const code = await runVisibly(command, rest, {
    cwd: projectRoot,
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  })
  return readTally(report, { code, tally: (parsed) => tallyPlaywright(parsed as PlaywrightReport) })
}

async function freshReport(name: string): Promise<string> {
  const file = join(projectRoot, '.cache/reports', name)
  await mkdir(dirname(file), { recursive: true })
  await rm(file, { force: true })
  return file
}

/** A runner that failed without a failing test (a crash, an unhandled error, no tests at all) is one failure. */
async function readTally(
  report: string,
  { code, tally }: { code: number; tally: (report: unknown) => Tally },
): Promise<Tally> {
  const text = await readFile(report, 'utf8').catch(() => null)
  if (text === null) return { passed: 0, failed: 1, skipped: 0 }
  const result = tally(JSON.parse(text))
  return code !== 0 && result.failed === 0 ? { ...result, failed: 1 } : result
}
