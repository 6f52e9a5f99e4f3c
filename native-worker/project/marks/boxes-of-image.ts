import type { FrameId, ImageId } from '../../../contract/ids.ts'
import type { ImageBox, ImageBoxes } from '../../../contract/image-boxes.ts'
import { overlapOf, touches } from '../frames/rectangles.ts'
import { listFrameBoxes } from '../storage/frame-boxes.ts'
import { describeImages } from '../storage/image-order.ts'
import { standingAnswer } from '../storage/marks.ts'
import { getDerivation } from '../storage/pictures.ts'
import { selectAll, selectRow } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'

/**
 * The marks of an image, excluded ones too, and of a patch what else is drawn on its frame: boxes of other classes, and those of its own
 * while nobody has said anything about the patch itself. What its picture does not show is left out.
 * @throws FlawsmithError `image_not_found`
 */
export function boxesOfImage(db: Db, id: ImageId): ImageBoxes {
  const [image] = describeImages(db, [id])
  const derivation = getDerivation(db, id)
  if (image === undefined || derivation === null) throw new Error(`image ${id} has no picture`)
  const { fit, shown, isPatch, sourceSha256 } = derivation
  const { size } = selectRow<{ size: number }>(db, 'SELECT size FROM project')
  const { answer, marks } = standingAnswer(db, id)
  const frames = isPatch
    ? selectAll<{ id: FrameId }>(db, 'SELECT id FROM frames WHERE source_sha256 = :sourceSha256', { sourceSha256 })
    : []
  const boxes = [
    ...marks.map(({ shape }): ImageBox => ({ from: 'mark', className: image.className, shape })),
    ...frames
      .flatMap((frame) => listFrameBoxes(db, frame.id))
      .filter(({ classId }) => answer === 'open' || classId !== image.classId)
      .map(({ className, box }): ImageBox => ({ from: 'frame', className, shape: { kind: 'rectangle', ...box } })),
  ].filter(({ shape }) => touches(shape, shown))
  return { fitted: { fit, shown, size }, boxes: boxes.map((box) => ({ ...box, shape: clipped(box.shape) })) }

  /** Masks stay: their runs fill their rectangle. */
  function clipped(shape: ImageBox['shape']): ImageBox['shape'] {
    return shape.kind === 'mask' ? shape : { kind: 'rectangle', ...overlapOf(shape, shown) }
  }
}
