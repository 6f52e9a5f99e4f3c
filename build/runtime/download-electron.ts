import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { runCommand } from '../../native-worker/compute/engines/pack/run-command.ts'
import { findInstalledElectron } from './installed-electron.ts'

/** A whole download takes this long on a slow line; a closed network fails within a second. */
const timeoutMs = 10 * 60_000
const rememberFailureMs = 24 * 60 * 60_000

interface FailureNote {
  readonly version: string
  readonly at: number
  readonly reason: string
}

export type DownloadResult =
  { readonly kind: 'downloaded'; readonly electronPath: string } | { readonly kind: 'failed'; readonly reason: string }

/**
 * Runs electron's own installer (it checks the archive against its checksums). A failure is remembered for a day, so
 * that a closed network costs nothing at every start; `FLAWSMITH_RETRY_DOWNLOAD=1` tries again at once.
 */
export async function downloadElectron({
  root,
  cacheFolder,
  version,
}: {
  readonly root: string
  readonly cacheFolder: string
  readonly version: string
}): Promise<DownloadResult> {
  const noteFile = join(cacheFolder, 'runtime', 'electron-download-failed.json')
  const note = await readNote(noteFile)
  const isRecent = note?.version === version && Date.now() - note.at < rememberFailureMs
  if (note !== null && isRecent && process.env['FLAWSMITH_RETRY_DOWNLOAD'] !== '1') {
    return { kind: 'failed', reason: note.reason }
  }
  const { code, stderr } = await runCommand(process.execPath, [join(root, 'node_modules/electron/install.js')], {
    timeoutMs,
  })
  const electronPath = code === 0 ? await findInstalledElectron(root) : null
  if (electronPath !== null) return { kind: 'downloaded', electronPath }
  const reason =
    stderr
      .split('\n')
      .find((line) => /\S/.test(line))
      ?.trim() ?? 'no answer in time'
  await mkdir(dirname(noteFile), { recursive: true })
  await writeFile(noteFile, JSON.stringify({ version, at: Date.now(), reason } satisfies FailureNote))
  return { kind: 'failed', reason }
}

async function readNote(file: string): Promise<FailureNote | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as FailureNote
  } catch {
    // No note, or one that cannot be read: either way the download is worth a try.
    return null
  }
}
