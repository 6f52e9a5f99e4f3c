import type { SkippedFile } from '../../../contract/dataset.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { FrameId } from '../../../contract/ids.ts'
import type { BoxesImported } from '../../../contract/large-frames.ts'
import { withStorageFailures } from '../../files/storage-failure.ts'
import type { ParsedImage } from '../marks/formats/parsed-marks.ts'
import { MarkRefused, wholePixels } from '../marks/formats/parsed-marks.ts'
import { listMarkFiles } from '../marks/list-mark-files.ts'
import { readMarkFolder } from '../marks/read-mark-folder.ts'
import type { Project } from '../open-project.ts'
import type { Frame } from '../storage/frames.ts'
import { getFrame } from '../storage/frames.ts'
import { inTransaction } from '../storage/query.ts'
import { addBoxes } from './add-boxes.ts'
import type { ClassifiedBox } from './add-boxes.ts'
import { classOfFolder } from './class-of-folder.ts'
import { matchFrames } from './match-frames.ts'

interface BoxTask {
  readonly project: Project
  readonly frames: readonly FrameId[]
  /** A file or a folder of COCO, YOLO or Pascal VOC. */
  readonly folder: string
  /** Of boxes whose class neither the file nor a folder says; null where those are left out. */
  readonly className: string | null
  readonly signal: AbortSignal
}

/**
 * Boxes that other programs have written, onto the frames of the same name, all in one transaction. Boxes that are there already do not
 * come twice. Throws `folder_not_found`, `folder_not_readable`, `marks_format_unclear`, `marks_file_unreadable`.
 */
export async function importBoxes(task: BoxTask): Promise<BoxesImported> {
  const { project, folder, signal } = task
  const frames = task.frames.map((frameId) => getFrame(project.db, frameId))
  const read = await readMarkFolder(await listMarkFiles(folder, signal), { format: 'auto', signal })
  if (read.format === 'mvtec' || read.format === 'png')
    throw new FlawsmithError('marks_format_unclear', `${folder} holds masks, not boxes. Name it with --masks.`, {
      folder,
      found: read.format,
    })
  const origin = read.format
  const find = matchFrames(frames)
  const skipped: SkippedFile[] = read.refused.map(({ path, detail }) => ({ path, reason: 'corrupt', detail }))
  const touched = new Set<FrameId>()
  let unmatched = 0
  let boxes = 0
  withStorageFailures(project.folder, () =>
    inTransaction(project.db, () => {
      for (const parsed of read.images) {
        const frame = find(parsed.imageName)
        if (frame === null) {
          unmatched++
          continue
        }
        const found = boxesOf(parsed, { frame, className: task.className })
        skipped.push(...found.skipped)
        if (found.boxes.length > 0) touched.add(frame.id)
        boxes += addBoxes(project.db, { frame, boxes: found.boxes, origin })
      }
    }),
  )
  return { frames: touched.size, boxes, unmatched, skipped }
}

function boxesOf(
  parsed: ParsedImage,
  { frame, className }: { readonly frame: Frame; readonly className: string | null },
): { readonly boxes: readonly ClassifiedBox[]; readonly skipped: readonly SkippedFile[] } {
  const boxes: ClassifiedBox[] = []
  const skipped: SkippedFile[] = []
  const skip = (detail: string): void => void skipped.push({ path: parsed.path, reason: 'corrupt', detail })
  const { width, height } = frame
  if (parsed.size !== null && (parsed.size.width !== width || parsed.size.height !== height)) {
    skip(`says ${parsed.size.width} × ${parsed.size.height} pixels, the frame has ${width} × ${height}`)
    return { boxes, skipped }
  }
  try {
    for (const mark of parsed.marksFor(frame)) {
      if (mark instanceof MarkRefused) {
        skip(mark.message)
        continue
      }
      const name = mark.category ?? parsed.className ?? classOfFolder(frame.name) ?? className
      if (name === null) skip('neither it nor a folder says the class; name one')
      else boxes.push({ className: name, box: rectangleOf(mark.shape, frame) })
    }
  } catch (thrown) {
    if (!(thrown instanceof MarkRefused)) throw thrown
    skip(thrown.message)
  }
  return { boxes, skipped }
}

function rectangleOf(shape: Parameters<typeof wholePixels>[0], frame: Frame): ClassifiedBox['box'] {
  const { x, y, width, height } = wholePixels(shape, frame)
  return { x, y, width, height }
}
