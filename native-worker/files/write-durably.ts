import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { FlawsmithError } from '../../contract/errors.ts'

/**
 * Writes a file so that it is either wholly there or not at all: temporary name, fsync, rename, fsync of the folder.
 * @throws FlawsmithError `disk_full` with nothing left behind
 */
export async function writeDurably(file: string, pieces: readonly Uint8Array[]): Promise<void> {
  const folder = dirname(file)
  const temporary = `${file}.${process.pid}.part`
  try {
    await mkdir(folder, { recursive: true })
    const handle = await open(temporary, 'w')
    try {
      for (const piece of pieces) await handle.writeFile(piece)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
    await syncFolder(folder)
  } catch (thrown) {
    await rm(temporary, { force: true })
    if (isNoSpace(thrown)) {
      throw new FlawsmithError(
        'disk_full',
        `No space left to write ${file}. Free some, then resume the run.`,
        { file },
        { cause: thrown },
      )
    }
    throw thrown
  }
}

/** Makes the rename itself durable. Windows cannot open folders, and needs no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const isNoSpace = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOSPC' || thrown.code === 'EDQUOT')
