import { join } from 'node:path'
import { runCommand } from '../../native-worker/files/run-command.ts'
import { recentFailure, rememberFailure } from '../setup/failure-note.ts'
import { findInstalledElectron } from './installed-electron.ts'

/** A whole download takes this long on a slow line; a closed network fails within a second. */
const timeoutMs = 10 * 60_000

export type DownloadResult =
  { readonly kind: 'downloaded'; readonly electronPath: string } | { readonly kind: 'failed'; readonly reason: string }

/** Runs electron's own installer, which checks the archive against its checksums. A failure is remembered for a day. */
export async function downloadElectron({
  root,
  cacheFolder,
  version,
}: {
  readonly root: string
  readonly cacheFolder: string
  readonly version: string
}): Promise<DownloadResult> {
  const note = join(cacheFolder, 'runtime', 'electron-download-failed.json')
  const what = `electron ${version}`
  const remembered = await recentFailure(note, what)
  if (remembered !== null) return { kind: 'failed', reason: remembered }

  const installer = join(root, 'node_modules/electron/install.js')
  const { code, stderr } = await runCommand(process.execPath, [installer], { timeoutMs })
  const electronPath = code === 0 ? await findInstalledElectron(root) : null
  if (electronPath !== null) return { kind: 'downloaded', electronPath }
  const reason =
    stderr
      .split('\n')
      .find((line) => /\S/.test(line))
      ?.trim() ?? 'no answer in time'
  await rememberFailure(note, { what, reason })
  return { kind: 'failed', reason }
}
