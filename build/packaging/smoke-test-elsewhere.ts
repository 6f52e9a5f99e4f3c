import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { PackagedApp } from './packaged-app.ts'
import { movedApp } from './packaged-app.ts'
import { runPackaged } from './run-packaged.ts'

/** More than the test's own, so that it can say which part did not end. */
export const smokeTestTimeoutMs = 360_000

/**
 * Runs a packaged app's smoke test from a copy in a foreign folder that has no node_modules above it: nothing of this repository
 * is found there. Gives what it printed; throws with that when the test fails.
 */
export async function smokeTestElsewhere(app: PackagedApp): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'flawsmith-elsewhere-'))
  try {
    await refuseNodeModulesAbove(folder)
    const { folder: copy, executable } = movedApp(
      app,
      join(folder, app.folder.endsWith('.app') ? 'Flawsmith.app' : 'Flawsmith'),
    )
    await cp(app.folder, copy, { recursive: true, verbatimSymlinks: true })
    const { code, stdout, stderr } = await runPackaged(executable, ['--smoke-test'], { timeoutMs: smokeTestTimeoutMs })
    if (code !== 0) throw new Error(`The smoke test failed (${code ?? 'no exit code'}):\n${stdout}${stderr}`)
    return stdout.trim()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function refuseNodeModulesAbove(folder: string): Promise<void> {
  for (let above = folder; ; above = dirname(above)) {
    if ((await readdir(above)).includes('node_modules')) {
      throw new Error(
        `${join(above, 'node_modules')} would help the package: a test below it proves nothing. Name another folder in TMPDIR.`,
      )
    }
    if (above === dirname(above)) return
  }
}
