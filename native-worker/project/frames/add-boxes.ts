import type { MarkOrigin } from '../../../contract/marks.ts'
import type { SourceRectangle } from '../../../contract/source-rectangle.ts'
import { insertFrameBox, listFrameBoxes } from '../storage/frame-boxes.ts'
import type { Frame } from '../storage/frames.ts'
import type { Db } from '../storage/query.ts'

export interface ClassifiedBox {
  readonly className: string
  readonly box: SourceRectangle
}

/** Puts boxes onto a frame, but for those that are there. Gives how many are new. */
export function addBoxes(
  db: Db,
  {
    frame,
    boxes,
    origin,
  }: { readonly frame: Frame; readonly boxes: readonly ClassifiedBox[]; readonly origin: MarkOrigin },
): number {
  const known = new Set(listFrameBoxes(db, frame.id).map(keyOf))
  let added = 0
  for (const each of boxes) {
    if (known.has(keyOf(each))) continue
    known.add(keyOf(each))
    insertFrameBox(db, { frameId: frame.id, ...each, origin })
    added++
  }
  return added
}

const keyOf = ({ className, box: { x, y, width, height } }: ClassifiedBox): string =>
  `${x},${y},${width},${height} ${className}`
