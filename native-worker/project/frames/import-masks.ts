import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { SkippedFile } from '../../../contract/dataset.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { FrameId } from '../../../contract/ids.ts'
import type { ImagesClient } from '../../../contract/images.ts'
import type { BoxesImported } from '../../../contract/large-frames.ts'
import type { SourceRectangle } from '../../../contract/source-rectangle.ts'
import { withStorageFailures } from '../../files/storage-failure.ts'
import type { Project } from '../open-project.ts'
import type { Frame } from '../storage/frames.ts'
import { getFrame } from '../storage/frames.ts'
import { addBoxes } from './add-boxes.ts'
import { classOfFolder } from './class-of-folder.ts'
import { joinBoxes } from './join-boxes.ts'
import { matchFrames } from './match-frames.ts'

interface MaskTask {
  readonly project: Project
  readonly frames: readonly FrameId[]
  /** Of the masks: beside the frames' own names, `_mask` may follow. */
  readonly folder: string
  /** Of boxes whose class no folder says; null where that is an error. */
  readonly className: string | null
  /** Parts with at most so many pixels between them are one defect. */
  readonly joinWithin: number
  readonly images: ImagesClient
  readonly signal: AbortSignal
  readonly onProgress: (done: number, total: number | null) => void
}

/**
 * Boxes around the connected parts of masks, onto the frames of the same name. The class is the folder that the mask lies in, else that
 * of the frame. Boxes that are there already do not come twice. Throws `folder_not_readable`, `cancelled`.
 */
export async function importMasks(task: MaskTask): Promise<BoxesImported> {
  const { project, folder, images, signal, onProgress } = task
  const frames = task.frames.map((frameId) => getFrame(project.db, frameId))
  const paths = await listMasks(folder)
  const find = matchFrames(frames)
  const skipped: SkippedFile[] = []
  const touched = new Set<FrameId>()
  let unmatched = 0
  let boxes = 0
  for (const [index, path] of paths.entries()) {
    onProgress(index, paths.length)
    if (signal.aborted)
      throw new FlawsmithError(
        'cancelled',
        'Cancelled. The boxes that were read so far stay.',
        {},
        { cause: signal.reason },
      )
    const frame = find(path)
    if (frame === null) {
      unmatched++
      continue
    }
    const outcome = await readBoxes({ frame, file: join(folder, path), images })
    if (typeof outcome === 'string') {
      skipped.push({ path, reason: 'corrupt', detail: outcome })
      continue
    }
    const className = classOfFolder(path) ?? classOfFolder(frame.name) ?? task.className
    if (className === null) {
      skipped.push({ path, reason: 'not_an_image', detail: 'no folder says its class; name one' })
      continue
    }
    touched.add(frame.id)
    const joined = joinBoxes(outcome, { within: task.joinWithin })
    boxes += withStorageFailures(project.folder, () =>
      addBoxes(project.db, { frame, boxes: joined.map((box) => ({ className, box })), origin: 'png' }),
    )
  }
  onProgress(paths.length, paths.length)
  return { frames: touched.size, boxes, unmatched, skipped }
}

/** The boxes of a mask, or why there are none. */
async function readBoxes({
  frame,
  file,
  images,
}: {
  readonly frame: Frame
  readonly file: string
  readonly images: ImagesClient
}): Promise<readonly SourceRectangle[] | string> {
  const mask = await images.readMask({ file })
  if (!mask.ok) return mask.detail
  if (mask.width === frame.width && mask.height === frame.height) return mask.boxes
  return `${mask.width} × ${mask.height} pixels, the frame has ${frame.width} × ${frame.height}`
}

async function listMasks(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true, recursive: true })
    return entries
      .filter((entry) => entry.isFile() && /\.(png|bmp|tiff?|jpe?g)$/i.test(entry.name))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .sort()
  } catch (thrown) {
    throw new FlawsmithError(
      'folder_not_readable',
      `${folder} cannot be read (${(thrown as NodeJS.ErrnoException).code ?? ''}). Name the folder of the masks.`,
      { folder },
      { cause: thrown },
    )
  }
}
