import type { ChangeBatch, ChangeKind } from '../../../../contract/changes.ts'
import type { Page } from '../../../../contract/dataset.ts'
import type { ClassId, ImageId } from '../../../../contract/ids.ts'
import { selectAll, selectRow } from '../../storage/query.ts'
import type { Db } from '../../storage/query.ts'
import { UndoneChanges } from './undone-changes.ts'

interface BatchRow {
  readonly batch: number
  readonly kind: ChangeKind
  readonly by: string
  readonly at: string
  readonly images: number
  readonly imageId: ImageId | null
  readonly importId: number | null
  readonly undoes: number | null
  readonly last: number
}

/** What was changed, call by call, newest first. */
export function listChanges(
  db: Db,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Page<ChangeBatch> {
  const undone = new UndoneChanges(db)
  const rows = selectAll<BatchRow>(
    db,
    // Named by its last row: what came back with an undone merge precedes the merge itself.
    `SELECT g.batch, g.kind, g.by, g.at, g.images, g.imageId, g.importId, g.last,
            (SELECT u.batch FROM dataset_changes l JOIN dataset_changes u ON u.id = l.undoes WHERE l.id = g.last) AS undoes
     FROM (SELECT d.batch, d.kind, d.changed_by AS by, d.changed_at AS at, COUNT(DISTINCT d.image_id) AS images,
                  MIN(d.image_id) AS imageId, MAX(d.import_id) AS importId, MAX(d.id) AS last
           FROM dataset_changes d GROUP BY d.batch ORDER BY d.batch DESC LIMIT :limit OFFSET :offset) g
     ORDER BY g.batch DESC`,
    { limit, offset },
  )
  return {
    items: rows.map(({ last, ...row }) => ({ ...row, ...classesOf(db, row.batch), stands: undone.stands(last) })),
    total: selectRow<{ total: number }>(db, 'SELECT COUNT(DISTINCT batch) AS total FROM dataset_changes').total,
  }
}

/** What a class was called before a call: the next renaming tells, later ones do not change what was done. */
const nameThen = (classId: string): string =>
  `(SELECT COALESCE(
      (SELECT d.before ->> 'name' FROM dataset_changes d
       WHERE d.class_id = c.id AND d.id >= :batch AND d.before ->> 'name' IS NOT NULL ORDER BY d.id LIMIT 1), c.name)
    FROM classes c WHERE c.id = ${classId})`

/** Between which classes, or under which names: of a class as the call changed it last, else of the images. */
function classesOf(db: Db, batch: number): Pick<ChangeBatch, 'classId' | 'className' | 'to' | 'isFree'> {
  const { classId, from, name, into, wasIn, wentTo, free } = selectRow<{
    classId: ClassId | null
    from: string | null
    name: string | null
    into: string | null
    wasIn: string | null
    wentTo: string | null
    free: number | null
  }>(
    db,
    `WITH changed AS (
       SELECT class_id AS classId, before, after FROM dataset_changes WHERE batch = :batch AND class_id IS NOT NULL ORDER BY id DESC LIMIT 1
     ), moved AS (
       SELECT DISTINCT before ->> 'classId' AS a, after ->> 'classId' AS b FROM dataset_changes
       WHERE batch = :batch AND image_id IS NOT NULL AND after ->> 'classId' IS NOT NULL
     )
     SELECT (SELECT classId FROM changed) AS classId,
            ${nameThen('(SELECT classId FROM changed)')} AS "from",
            (SELECT after ->> 'name' FROM changed) AS name,
            (SELECT after ->> 'freeOfDefects' FROM changed) AS free,
            ${nameThen("(SELECT after ->> 'mergedInto' FROM changed)")} AS "into",
            ${nameThen('(SELECT MAX(a) FROM moved HAVING COUNT(DISTINCT a) = 1)')} AS wasIn,
            ${nameThen('(SELECT MAX(b) FROM moved HAVING COUNT(DISTINCT b) = 1)')} AS wentTo`,
    { batch },
  )
  return { classId, className: from ?? wasIn, to: name ?? into ?? wentTo, isFree: free === null ? null : free === 1 }
}
