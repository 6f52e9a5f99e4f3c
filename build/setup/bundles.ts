import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { runCommand } from '../../native-worker/files/run-command.ts'
import type { BundleTarget } from '../runtime/bundle-target.ts'
import { declaredTarget, targetEnvironment } from '../runtime/bundle-target.ts'
import { withLock } from './lock.ts'
import { projectRoot } from './project-root.ts'
import { say } from './say.ts'
import { fingerprintSources } from './source-fingerprint.ts'

interface Stamp {
  readonly sources: string
  readonly target: BundleTarget
}

const stamp = join(projectRoot, 'out', 'built.json')

/**
 * Builds out/ unless it was built from exactly these sources, for `target` where one is given (the command line runs on
 * any). Throws with the bundler's words when that fails.
 */
export async function ensureBuilt(target?: BundleTarget): Promise<void> {
  if (await isFresh(target)) return
  await withLock(join(projectRoot, '.cache', 'build.lock'), async () => {
    if (await isFresh(target)) return
    const startedAt = Date.now()
    const built: Stamp = {
      sources: await fingerprintSources(projectRoot),
      target: target ?? declaredTarget(projectRoot),
    }
    const bundler = join(projectRoot, 'node_modules/electron-vite/bin/electron-vite.js')
    const { code, stdout, stderr } = await runCommand(process.execPath, [bundler, 'build', '--logLevel', 'warn'], {
      cwd: projectRoot,
      env: { ...process.env, ...targetEnvironment(built.target) },
    })
    if (code !== 0) throw new Error(`The build failed:\n${stdout}${stderr}`)
    await writeFile(stamp, JSON.stringify(built))
    say(`Built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`)
  })
}

async function isFresh(target: BundleTarget | undefined): Promise<boolean> {
  const text = await readFile(stamp, 'utf8').catch(() => null)
  if (text === null) return false
  const built = JSON.parse(text) as Partial<Stamp>
  if (target !== undefined && !isDeepStrictEqual(built.target, target)) return false
  return built.sources === (await fingerprintSources(projectRoot))
}
