import { execFile } from 'node:child_process'
import { open } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

const syncsAtOnce = 32

/** A second sync is not worth starting for fewer files. */
const manyFiles = 1000
/** Of what will be there: later there is little left to gain, earlier it would hold up those who still write. */
const most = 0.75

/**
 * Lets the disk begin while the last pictures are being copied, where one call does that. It promises nothing: `syncTree` does.
 * @returns to be told how many files are there
 */
export function syncWhenMostAreThere(folder: string, files: number): (done: number) => void {
  let isBegun = process.platform !== 'linux' || files < manyFiles
  return (done) => {
    if (isBegun || done < most * files) return
    isBegun = true
    run('sync', ['-f', folder]).catch(() => undefined)
  }
}

/** One call for the whole file system where there is one: a sync a file waits for the disk a thousand times. */
export async function syncTree(folder: string, paths: readonly string[], signal?: AbortSignal): Promise<void> {
  if (process.platform === 'linux') {
    const isSynced = await run('sync', ['-f', folder]).then(
      () => true,
      // A `sync` that does not know the option, or none at all.
      () => false,
    )
    if (isSynced) return
  }
  await syncFiles(paths, signal)
}

/** The first sync writes nearly everything; the ones after it find little to do. */
export async function syncFiles(paths: readonly string[], signal?: AbortSignal): Promise<void> {
  for (let start = 0; start < paths.length; start += syncsAtOnce) {
    signal?.throwIfAborted()
    await Promise.all(paths.slice(start, start + syncsAtOnce).map(syncFile))
  }
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
