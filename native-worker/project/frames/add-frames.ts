import { join } from 'node:path'
import type { SkippedFile } from '../../../contract/dataset.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { FrameId } from '../../../contract/ids.ts'
import type { ImagesClient } from '../../../contract/images.ts'
import type { FramesAdded } from '../../../contract/large-frames.ts'
import { withStorageFailures } from '../../files/storage-failure.ts'
import type { Project } from '../open-project.ts'
import { insertFrame, relistFrame } from '../storage/frames.ts'
import { noteOriginal } from '../storage/originals.ts'
import { inTransaction } from '../storage/query.ts'
import { listFrameFiles } from './list-frame-files.ts'

interface AddOptions {
  readonly project: Project
  /** A picture, or a folder of pictures. */
  readonly folder: string
  /** A folder in it whose files are no frames. */
  readonly except?: string | undefined
  readonly images: ImagesClient
  readonly signal: AbortSignal
  readonly onProgress: (done: number, total: number | null) => void
}

/**
 * Takes frames into the project, their bytes included. A frame is on disk before its row: killed at any point, adding the same folder
 * again carries on. Throws what `listFrameFiles` throws, `disk_full`, `folder_not_writable`, `cancelled` (what was added stays).
 */
export async function addFrames({
  project,
  folder: chosen,
  except,
  images,
  signal,
  onProgress,
}: AddOptions): Promise<FramesAdded> {
  const { db } = project
  const { folder, paths } = await listFrameFiles(chosen, except === undefined ? {} : { except })
  const frames = new Set<FrameId>()
  const skipped: SkippedFile[] = []
  let known = 0
  for (const [index, name] of paths.entries()) {
    onProgress(index, paths.length)
    if (signal.aborted)
      throw new FlawsmithError(
        'cancelled',
        'Cancelled. The frames that were added so far stay.',
        {},
        { cause: signal.reason },
      )
    const kept = await keep({ project, file: join(folder, name), images })
    if (!kept.ok) {
      const { reason, detail, cause } = kept
      skipped.push({ path: name, reason, detail, ...(cause === undefined ? {} : { cause }) })
      continue
    }
    const { ok: _ok, width, height, ...original } = kept
    const found = withStorageFailures(project.folder, () => relistFrame(db, original.sha256))
    if (found !== undefined) known++
    frames.add(
      found ??
        withStorageFailures(project.folder, () =>
          inTransaction(db, () => {
            noteOriginal(db, { ...original, path: null })
            return insertFrame(db, { sha256: original.sha256, folder, name, width, height })
          }),
        ),
    )
  }
  onProgress(paths.length, paths.length)
  return { frames: [...frames], known, skipped }
}

/** A file on which the reader dies is skipped like any that cannot be read. */
async function keep({
  project,
  file,
  images,
}: {
  readonly project: Project
  readonly file: string
  readonly images: ImagesClient
}): ReturnType<ImagesClient['keepFrame']> {
  try {
    return await images.keepFrame({ file, originalsFolder: project.originalsFolder })
  } catch (thrown) {
    if (
      thrown instanceof FlawsmithError &&
      (thrown.code === 'compute_died' || thrown.code === 'compute_answer_invalid')
    )
      return {
        ok: false,
        reason: 'corrupt',
        detail: 'the image reader ended while it read this file',
        cause: { name: 'reader_ended' },
      }
    throw thrown
  }
}
