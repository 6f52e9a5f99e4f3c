import * as v from 'valibot'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { Fit } from '../../../contract/dataset.ts'
import type { Fitted } from '../../../contract/fitted-picture.ts'
import type { ClassId, ImageId, Sha256 } from '../../../contract/ids.ts'
import type { Mark, MarkableImage, MarkAnswer, MarkCounts } from '../../../contract/marks.ts'
import { MarkOrigin, MarkShape } from '../../../contract/marks.ts'
import { execute, selectAll, selectOne, selectRow } from './query.ts'
import type { Db } from './query.ts'
import { recordRows } from './record.ts'

export interface NewAnswer {
  readonly imageId: ImageId
  readonly answer: MarkAnswer
  /** None for an undo: those of the answer that stands again count. */
  readonly marks: readonly Mark[]
  readonly undoes: number | null
}

/** Appends the answers of one call. Call it inside a transaction. */
export function insertAnswers(
  db: Db,
  {
    answers,
    by,
    source,
  }: { readonly answers: readonly NewAnswer[]; readonly by: string; readonly source: 'hand' | 'import' },
): void {
  if (answers.length === 0) return
  const answeredAt = new Date().toISOString()
  const batch = nextId(db, 'mark_answers')
  const firstMark = nextId(db, 'marks')
  let answerId = batch - 1
  let markId = firstMark - 1
  for (const { marks, ...answer } of answers) {
    execute(
      db,
      `INSERT INTO mark_answers (id, batch, source, image_id, answer, answered_by, answered_at, undoes)
       VALUES (:id, :batch, :source, :imageId, :answer, :by, :answeredAt, :undoes)`,
      { ...answer, id: ++answerId, batch, source, by, answeredAt },
    )
    for (const { shape, origin } of marks) {
      const { kind, x, y, width, height } = shape
      const runs = shape.kind === 'mask' ? JSON.stringify(shape.runs) : null
      execute(
        db,
        `INSERT INTO marks (id, answer_id, kind, x, y, width, height, runs, origin)
         VALUES (:id, :answerId, :kind, :x, :y, :width, :height, :runs, :origin)`,
        { id: ++markId, answerId, kind, x, y, width, height, runs, origin },
      )
    }
  }
  recordRows(db, { kind: 'mark_answers', firstId: batch, lastId: answerId })
  if (markId >= firstMark) recordRows(db, { kind: 'marks', firstId: firstMark, lastId: markId })
}

const nextId = (db: Db, table: 'mark_answers' | 'marks'): number =>
  table === 'marks'
    ? selectRow<{ id: number }>(db, 'SELECT COALESCE(MAX(id), 0) + 1 AS id FROM marks').id
    : selectRow<{ id: number }>(db, 'SELECT COALESCE(MAX(id), 0) + 1 AS id FROM mark_answers').id

interface ImageRow {
  readonly id: ImageId
  readonly classId: ClassId
  readonly className: string
  readonly sourcePath: string
  readonly sourceWidth: number
  readonly sourceHeight: number
  readonly sha256: Sha256
  readonly fit: Fit
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly isPatch: number
}

const imageColumns = `
  i.id, i.class_id AS classId, c.name AS className, i.source_path AS sourcePath, i.source_width AS sourceWidth,
  i.source_height AS sourceHeight, i.sha256, i.fit, i.rect_x AS x, i.rect_y AS y, i.rect_width AS width, i.rect_height AS height,
  i.frame AS isPatch`

/** @throws FlawsmithError `image_not_found` */
export function getMarkableImage(db: Db, imageId: ImageId): MarkableImage {
  const row = selectOne<ImageRow>(
    db,
    `SELECT ${imageColumns} FROM images i JOIN classes c ON c.id = i.class_id WHERE i.id = :imageId AND i.state = 'active'`,
    { imageId },
  )
  if (row === undefined)
    throw new FlawsmithError(
      'image_not_found',
      `There is no image ${imageId} in the data set; it may have been excluded. See the Images tab.`,
      { imageId },
    )
  return markable(db, row)
}

/** Of the class, or of all, in import order. */
export const listMarkableImages = (db: Db): MarkableImage[] =>
  selectAll<ImageRow>(
    db,
    `SELECT ${imageColumns} FROM images i JOIN classes c ON c.id = i.class_id
     WHERE i.state = 'active' AND c.state = 'active' ORDER BY i.id`,
  ).map((row) => markable(db, row))

function markable(db: Db, { x, y, width, height, fit, isPatch, ...image }: ImageRow): MarkableImage {
  const { size } = selectRow<{ size: number }>(db, 'SELECT size FROM project')
  return {
    ...image,
    isPatch: isPatch === 1,
    fitted: { fit, shown: { x, y, width, height }, size },
    ...standingAnswer(db, image.id),
  }
}

export interface Donor {
  readonly sha256: Sha256
  readonly fitted: Fitted
  readonly shapes: readonly MarkShape[]
}

/** Train images of a class on which defects are marked, in import order: only these may give their defects away. */
export const listDonors = (db: Db, classId: ClassId): Donor[] =>
  selectAll<ImageRow>(
    db,
    `SELECT ${imageColumns} FROM images i JOIN classes c ON c.id = i.class_id
     JOIN standing_mark_answers s ON s.image_id = i.id AND s.answer = 'marked'
     WHERE i.class_id = :classId AND i.state = 'active' AND i.split = 'train' ORDER BY i.id`,
    { classId },
  )
    .map((row) => markable(db, row))
    .map(({ sha256, fitted, marks }) => ({ sha256, fitted, shapes: marks.map(({ shape }) => shape) }))

/** What stands about an image. */
export function standingAnswer(
  db: Db,
  imageId: ImageId,
): { readonly answer: MarkAnswer; readonly marks: readonly Mark[] } {
  const standing = selectOne<{ id: number; answer: MarkAnswer }>(
    db,
    `SELECT a.id, a.answer FROM mark_answers a WHERE a.image_id = :imageId AND a.undoes IS NULL
       AND NOT EXISTS (SELECT 1 FROM mark_answers u WHERE u.undoes = a.id) ORDER BY a.id DESC LIMIT 1`,
    { imageId },
  )
  if (standing === undefined) return { answer: 'open', marks: [] }
  const marks = selectAll<MarkRow>(
    db,
    'SELECT kind, x, y, width, height, runs, origin FROM marks WHERE answer_id = :id ORDER BY id',
    { id: standing.id },
  ).map(asMark)
  return { answer: standing.answer, marks }
}

interface MarkRow {
  readonly kind: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly runs: string | null
  readonly origin: string
}

function asMark({ runs, origin, ...shape }: MarkRow): Mark {
  const parsed = v.safeParse(v.strictObject({ shape: MarkShape, origin: MarkOrigin }), {
    shape: { ...shape, ...(runs === null ? {} : { runs: JSON.parse(runs) as unknown }) },
    origin,
  })
  if (parsed.success) return parsed.output
  throw new FlawsmithError(
    'project_corrupt',
    `The database of the project holds a mark that Flawsmith did not write (${v.summarize(parsed.issues).slice(0, 200)}). Restore one of its automatic backups.`,
    { column: 'marks' },
  )
}

/** Every active class, in order of its name. */
export const countMarks = (db: Db): MarkCounts[] =>
  selectAll(
    db,
    `SELECT c.id AS classId, c.name, COUNT(i.id) AS images,
            COALESCE(SUM(s.answer = 'marked'), 0) AS marked,
            COALESCE(SUM(s.answer = 'marked' AND i.split = 'train'), 0) AS donors,
            COALESCE(SUM(s.answer = 'none'), 0) AS none
     FROM classes c LEFT JOIN images i ON i.class_id = c.id AND i.state = 'active'
     LEFT JOIN standing_mark_answers s ON s.image_id = i.id
     WHERE c.state = 'active' GROUP BY c.id ORDER BY c.name`,
  )

/** Images of the class, or of every class not free of defects: those without an answer first, each part in import order. */
export const listQueue = (
  db: Db,
  { classId, limit }: { readonly classId: ClassId | null; readonly limit: number },
): { readonly id: ImageId; readonly answer: MarkAnswer }[] =>
  selectAll(
    db,
    `SELECT i.id, COALESCE(s.answer, 'open') AS answer
     FROM images i JOIN classes c ON c.id = i.class_id LEFT JOIN standing_mark_answers s ON s.image_id = i.id
     WHERE i.state = 'active' AND c.state = 'active'
       AND (i.class_id = :classId OR (:classId IS NULL AND c.free_of_defects = 0 AND c.left_out = 0))
     ORDER BY COALESCE(s.answer, 'open') <> 'open', i.id LIMIT :limit`,
    { classId, limit },
  )

/** The answers of the last call of that source that stands, of anyone; none where all is taken back. */
export const lastStandingBatch = (
  db: Db,
  { by, source }: { readonly by: string; readonly source: 'hand' | 'import' },
): { readonly id: number; readonly imageId: ImageId }[] =>
  selectAll(
    db,
    `SELECT id, image_id AS imageId FROM mark_answers WHERE undoes IS NULL AND batch = (
       SELECT a.batch FROM mark_answers a WHERE a.undoes IS NULL AND a.answered_by = :by AND a.source = :source
         AND NOT EXISTS (SELECT 1 FROM mark_answers u WHERE u.undoes = a.id) ORDER BY a.id DESC LIMIT 1) ORDER BY id`,
    { by, source },
  )
