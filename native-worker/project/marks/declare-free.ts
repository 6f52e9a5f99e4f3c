import type { ClassId } from '../../../contract/ids.ts'
import { getClass } from '../storage/classes.ts'
import { execute, inTransaction, selectRow } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'
import { recordRows } from '../storage/record.ts'
import { freeClassOf } from './free-of-defects.ts'

/** Declares the one class free of defects, or that none is. Logged as every change of the data set. Throws `class_not_found`. */
export const declareFree = (db: Db, { classId, by }: { readonly classId: ClassId | null; readonly by: string }): void =>
  inTransaction(db, () => {
    const before = freeClassOf(db)?.id ?? null
    if (classId !== null) getClass(db, classId)
    if (before === classId) return
    const batch = selectRow<{ id: number }>(db, 'SELECT COALESCE(MAX(id), 0) + 1 AS id FROM dataset_changes').id
    let lastId = batch
    for (const [id, free] of [
      [before, 0],
      [classId, 1],
    ] as const) {
      if (id === null) continue
      execute(db, 'UPDATE classes SET free_of_defects = :free WHERE id = :id', { id, free })
      lastId = execute(
        db,
        `INSERT INTO dataset_changes (batch, kind, class_id, before, after, changed_by, changed_at)
         VALUES (:batch, 'free-of-defects', :id, :was, :becomes, :by, :changedAt)`,
        {
          ...{ batch, id, by },
          was: JSON.stringify({ freeOfDefects: 1 - free }),
          becomes: JSON.stringify({ freeOfDefects: free }),
          changedAt: new Date().toISOString(),
        },
      ).id
    }
    recordRows(db, { kind: 'dataset_changes', firstId: batch, lastId })
  })
