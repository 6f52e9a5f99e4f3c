import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from '../../native-worker/files/run-command.ts'
import { withLock } from './lock.ts'
import { projectRoot } from './project-root.ts'
import { say } from './say.ts'
import { fingerprintSources } from './source-fingerprint.ts'

const stamp = join(projectRoot, 'out', 'built.json')

/** Builds out/ unless it was built from exactly these sources. Throws with the bundler's words when that fails. */
export async function ensureBuilt(): Promise<void> {
  if (await isFresh()) return
  await withLock(join(projectRoot, '.cache', 'build.lock'), async () => {
    if (await isFresh()) return
    const startedAt = Date.now()
    const sources = await fingerprintSources(projectRoot)
    const bundler = join(projectRoot, 'node_modules/electron-vite/bin/electron-vite.js')
    const { code, stdout, stderr } = await runCommand(process.execPath, [bundler, 'build', '--logLevel', 'warn'], {
      cwd: projectRoot,
    })
    if (code !== 0) throw new Error(`The build failed:\n${stdout}${stderr}`)
    await writeFile(stamp, JSON.stringify({ sources }))
    say(`Built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`)
  })
}

async function isFresh(): Promise<boolean> {
  const built = await readFile(stamp, 'utf8').catch(() => null)
  if (built === null) return false
  return (JSON.parse(built) as { readonly sources: string }).sources === (await fingerprintSources(projectRoot))
}
