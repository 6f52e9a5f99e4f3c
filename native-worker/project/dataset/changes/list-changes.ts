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
    // What came back with an undone merge was no change of the merge itself, and undoes none.
    `SELECT g.batch, g.kind, g.by, g.at, g.images, g.imageId, g.importId, g.last,
            (SELECT u.batch FROM dataset_changes u WHERE u.id = g.undone) AS undoes
     FROM (SELECT d.batch, d.kind, d.changed_by AS by, d.changed_at AS at, COUNT(DISTINCT d.image_id) AS images,
                  MIN(d.image_id) AS imageId, MAX(d.import_id) AS importId, MAX(d.id) AS last, MAX(d.undoes) AS undone
           FROM dataset_changes d GROUP BY d.batch ORDER BY d.batch DESC LIMIT :limit OFFSET :offset) g
     ORDER BY g.batch DESC`,
    { limit, offset },
  )
  return {
    items: rows.map(({ last, ...row }) => ({ ...row, ...classesOf(db, row.batch), stands: undone.stands(last) })),
    total: selectRow<{ total: number }>(db, 'SELECT COUNT(DISTINCT batch) AS total FROM dataset_changes').total,
  }
}

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
            (SELECT COALESCE(before ->> 'name', c.name) FROM changed JOIN classes c ON c.id = classId) AS "from",
            (SELECT after ->> 'name' FROM changed) AS name,
            (SELECT after ->> 'freeOfDefects' FROM changed) AS free,
            (SELECT c.name FROM changed JOIN classes c ON c.id = after ->> 'mergedInto') AS "into",
            (SELECT c.name FROM classes c WHERE c.id = (SELECT a FROM moved)
               AND (SELECT COUNT(DISTINCT a) FROM moved) = 1) AS wasIn,
            (SELECT c.name FROM classes c WHERE c.id = (SELECT b FROM moved)
               AND (SELECT COUNT(DISTINCT b) FROM moved) = 1) AS wentTo`,
    { batch },
  )
  return { classId, className: from ?? wasIn, to: name ?? into ?? wentTo, isFree: free === null ? null : free === 1 }
}
