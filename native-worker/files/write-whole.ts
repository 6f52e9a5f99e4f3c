import { renameSync, rmSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { asStorageFailure, withStorageFailures } from './storage-failure.ts'
import { syncFile, syncFileNow, syncFolder, syncFolderNow } from './sync-path.ts'
import { unfinishedFile } from './unfinished-files.ts'

/** Text, bytes, or pieces of bytes one after the other. */
type Contents = string | Uint8Array | readonly Uint8Array[]

/**
 * The one way to write a file: under a name of its own, synced, renamed, and the rename synced. Killed at any moment, the file
 * is the old one or the new one, and what is left is known by its name (`isUnfinished`).
 * Creates the file's folder, but none above it: a project that was moved away must not rise again from its last write.
 * @throws FlawsmithError `disk_full`, `folder_not_writable`, with nothing left behind
 */
export const writeWhole = (file: string, contents: Contents): Promise<void> =>
  buildWhole(file, async (unfinished) => {
    const handle = await open(unfinished, 'wx')
    try {
      for (const piece of piecesOf(contents)) await handle.writeFile(piece)
    } finally {
      await handle.close()
    }
  })

/** The same for a file that something else writes, such as SQLite, or that is too large to be in memory at once. */
export async function buildWhole(file: string, build: (unfinished: string) => Promise<void>): Promise<void> {
  const folder = dirname(file)
  const unfinished = unfinishedFile(file)
  try {
    await makeLastFolder(folder)
    await build(unfinished)
    await syncFile(unfinished)
    await rename(unfinished, file)
    await syncFolder(folder)
  } catch (thrown) {
    await rm(unfinished, { force: true })
    throw asStorageFailure(thrown, folder)
  }
}

/** The same where nobody may come in between; the folder must be there. */
export function buildWholeNow(file: string, build: (unfinished: string) => void): void {
  const folder = dirname(file)
  const unfinished = unfinishedFile(file)
  withStorageFailures(folder, () => {
    try {
      build(unfinished)
      syncFileNow(unfinished)
      renameSync(unfinished, file)
      syncFolderNow(folder)
    } finally {
      rmSync(unfinished, { force: true })
    }
  })
}

/** Creates a folder in one that is there. */
export async function makeLastFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown
  }
}

const piecesOf = (contents: Contents): readonly (string | Uint8Array)[] =>
  typeof contents === 'string' || contents instanceof Uint8Array ? [contents] : contents
