import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { KeptFrame } from '../../../contract/frame-images.ts'
import type { Sha256 } from '../../../contract/ids.ts'
import { incomingFolder, originalFile } from '../../files/project-paths.ts'
import { syncFile, syncFolder } from '../../files/sync-path.ts'
import { unfinishedFile } from '../../files/unfinished-files.ts'
import { makeLastFolder } from '../../files/write-whole.ts'
import { refusalAnswer } from './refusal-answer.ts'
import { readFrameHeader } from './read-frame-header.ts'

/**
 * Copies a frame into the originals folder of a project, named by its bytes, and says what it is. The file is copied piece by piece
 * and looked at afterwards, so that what is said is about what was kept. Throws where the disk fails.
 */
export async function keepFrame({
  file,
  originalsFolder,
}: {
  readonly file: string
  readonly originalsFolder: string
}): Promise<KeptFrame> {
  const incoming = incomingFolder(dirname(originalsFolder))
  const copy = unfinishedFile(join(incoming, 'frame'))
  try {
    // Before a gigabyte is copied for nothing.
    await readFrameHeader(file)
    for (const folder of [incoming, originalsFolder]) await makeLastFolder(folder)
    const { sha256, sizeBytes } = await copyWithHash(file, copy)
    const { kind, width, height, isPlain } = await readFrameHeader(copy)
    const kept = originalFile(originalsFolder, { sha256, kind })
    await makeLastFolder(dirname(kept))
    await syncFile(copy)
    await rename(copy, kept)
    for (const folder of [dirname(kept), originalsFolder]) await syncFolder(folder)
    return { ok: true, sha256, kind, sizeBytes, isPlain, width, height }
  } catch (thrown) {
    return refusalAnswer(thrown)
  } finally {
    await rm(copy, { force: true })
  }
}

async function copyWithHash(
  file: string,
  copy: string,
): Promise<{ readonly sha256: Sha256; readonly sizeBytes: number }> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  const handle = await open(copy, 'wx')
  try {
    for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      hash.update(piece)
      sizeBytes += piece.length
      await handle.writeFile(piece)
    }
  } finally {
    await handle.close()
  }
  return { sha256: hash.digest('hex') as Sha256, sizeBytes }
}
