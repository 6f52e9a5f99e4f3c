import * as v from 'valibot'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { ClassId, FrameBoxId, FrameId } from '../../../contract/ids.ts'
import type { FrameBox, FrameBoxInput } from '../../../contract/large-frames.ts'
import { MarkOrigin } from '../../../contract/marks.ts'
import type { SourceRectangle } from '../../../contract/source-rectangle.ts'
import { ensureClassOfName } from './classes.ts'
import { summarizeFrame } from './frames.ts'
import { execute, inTransaction, selectAll } from './query.ts'
import type { Db } from './query.ts'

interface BoxRow extends SourceRectangle {
  readonly id: FrameBoxId
  readonly classId: ClassId
  readonly className: string
  readonly origin: string
}

/** The name of a class that was removed, also of one that has given its name up to another. */
const nameOfRemoved = "replace(c.name, ' (removed ' || c.id || ')', '')"

/**
 * Boxes of a class that was merged into another are boxes of that one. Those of a removed class stay under its name: an import that was
 * undone, or images that were removed, take no box off a frame, and what is cut around it brings the class back as an import does.
 */
export const listFrameBoxes = (db: Db, frameId: FrameId): FrameBox[] =>
  selectAll<BoxRow>(
    db,
    `SELECT b.id, COALESCE(n.id, c.id) AS classId, CASE c.state WHEN 'active' THEN c.name ELSE ${nameOfRemoved} END AS className,
            b.origin, b.x, b.y, b.width, b.height
     FROM frame_boxes b JOIN classes d ON d.id = b.class_id JOIN classes c ON c.id = COALESCE(d.merged_into, d.id)
       LEFT JOIN classes n ON c.state = 'removed' AND n.state = 'active' AND n.name = ${nameOfRemoved}
     WHERE b.frame_id = :frameId ORDER BY b.id`,
    { frameId },
  ).map(({ id, classId, className, origin, ...box }) => ({
    ...{ id, classId, className, box },
    origin: v.parse(MarkOrigin, origin),
  }))

/**
 * Adds a box; its class is made where there is none of that name.
 * @throws FlawsmithError `frame_not_found`, `box_outside`
 */
export const insertFrameBox = (
  db: Db,
  { frameId, className, box, origin }: FrameBoxInput & { readonly frameId: FrameId; readonly origin: MarkOrigin },
): FrameBoxId =>
  inTransaction(db, () => {
    assertInside(db, { frameId, box })
    return execute(
      db,
      `INSERT INTO frame_boxes (frame_id, class_id, x, y, width, height, origin)
       VALUES (:frameId, :classId, :x, :y, :width, :height, :origin)`,
      { frameId, classId: ensureClassOfName(db, className).namedId, ...box, origin },
    ).id as FrameBoxId
  })

/** Moves a box or gives it another class. @throws FlawsmithError `frame_not_found`, `box_outside`, `box_not_found` */
export const changeFrameBox = (
  db: Db,
  { frameId, boxId, className, box }: FrameBoxInput & { readonly frameId: FrameId; readonly boxId: FrameBoxId },
): void =>
  inTransaction(db, () => {
    assertInside(db, { frameId, box })
    const { changes } = execute(
      db,
      `UPDATE frame_boxes SET class_id = :classId, x = :x, y = :y, width = :width, height = :height,
         origin = CASE WHEN x = :x AND y = :y AND width = :width AND height = :height THEN origin ELSE 'drawn' END
       WHERE id = :boxId AND frame_id = :frameId`,
      { frameId, boxId, classId: ensureClassOfName(db, className).namedId, ...box },
    )
    if (changes === 0)
      throw new FlawsmithError('box_not_found', `There is no box ${boxId} on this frame any more.`, { box: boxId })
  })

export const deleteFrameBox = (
  db: Db,
  { frameId, boxId }: { readonly frameId: FrameId; readonly boxId: FrameBoxId },
): void => void execute(db, 'DELETE FROM frame_boxes WHERE id = :boxId AND frame_id = :frameId', { frameId, boxId })

function assertInside(db: Db, { frameId, box }: { readonly frameId: FrameId; readonly box: SourceRectangle }): void {
  const { width, height, name } = summarizeFrame(db, frameId)
  if (box.x + box.width <= width && box.y + box.height <= height) return
  const found = `${box.x}, ${box.y}, ${box.width} × ${box.height}`
  throw new FlawsmithError(
    'box_outside',
    `The box ${found} does not lie in the frame ${name} of ${width} × ${height} pixels. Draw it inside.`,
    { box: found, frame: name },
  )
}
