import { closeSync, fsync, openSync, renameSync, writeFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { asStorageFailure } from './storage-failure.ts'
import { unfinishedFile } from './unfinished-files.ts'
import { makeLastFolder } from './write-whole.ts'

interface StagedFile {
  readonly staged: string
  readonly final: string
}

/** Handing a smaller file to another thread and back costs more than writing it. */
const largeFileBytes = 256 * 1024
/** Files of one writer that are open at once, each with a thread that waits for the disk. */
export const syncsAtOnce = 16

/**
 * `writeWhole` for many files: written aside into one folder, then synced and renamed all at once by `commit`, since a sync that
 * follows another costs little. Nothing incomplete ever has its final name.
 */
export class BulkWriter {
  readonly #stagingFolder: string
  readonly #staged: StagedFile[] = []
  #folder: Promise<void> | null = null

  /** @param stagingFolder on the same disk as the files; what killed writers leave in it is known by its name */
  constructor(stagingFolder: string) {
    this.#stagingFolder = stagingFolder
  }

  /** @throws FlawsmithError `disk_full`, `folder_not_writable` */
  async stage(final: string, bytes: Uint8Array): Promise<void> {
    const staged = unfinishedFile(join(this.#stagingFolder, 'staged'))
    try {
      await (this.#folder ??= makeLastFolder(this.#stagingFolder))
      if (bytes.length < largeFileBytes) writeFileSync(staged, bytes, { flag: 'wx' })
      else await writeFile(staged, bytes, { flag: 'wx' })
    } catch (thrown) {
      this.#folder = null
      await rm(staged, { force: true })
      throw asStorageFailure(thrown, this.#stagingFolder)
    }
    this.#staged.push({ staged, final })
  }

  /** @throws FlawsmithError `disk_full`, `folder_not_writable`; some of the files may be there then, each of them whole */
  async commit(): Promise<void> {
    const files = [...this.#staged]
    const folders = [...new Set(files.map(({ final }) => dirname(final)))]
    try {
      await Promise.all(folders.map(makeLastFolder))
      await syncAll(
        files.map(({ staged }) => staged),
        'r+',
      )
      for (const { staged, final } of files) renameSync(staged, final)
      // Windows cannot open folders, and needs no such thing.
      if (process.platform !== 'win32')
        await syncAll([...new Set([...folders, ...folders.map((folder) => dirname(folder))])], 'r')
    } catch (thrown) {
      throw asStorageFailure(thrown, this.#stagingFolder)
    }
    this.#staged.length = 0
  }

  /** Removes what was staged and not committed. */
  async discard(): Promise<void> {
    const files = this.#staged.splice(0)
    await Promise.all(files.map(({ staged }) => rm(staged, { force: true })))
  }
}

const wait = promisify(fsync)

async function syncAll(paths: readonly string[], flags: 'r' | 'r+'): Promise<void> {
  for (let start = 0; start < paths.length; start += syncsAtOnce)
    await Promise.all(paths.slice(start, start + syncsAtOnce).map((path) => syncPath(path, flags)))
}

/** Only the wait for the disk is worth another thread. */
async function syncPath(path: string, flags: 'r' | 'r+'): Promise<void> {
  const descriptor = openSync(path, flags)
  try {
    await wait(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
