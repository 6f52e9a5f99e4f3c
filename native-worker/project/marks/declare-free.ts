import type { ClassId } from '../../../contract/ids.ts'
import type { Change } from '../dataset/changes/change.ts'
import { changeDataset } from '../dataset/changes/change-dataset.ts'
import { getClass } from '../storage/classes.ts'
import { inTransaction } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'
import { freeClassOf } from './free-of-defects.ts'

/** Declares the one class free of defects, or that none is: a change of the data set, logged as such. Throws `class_not_found`. */
export const declareFree = (db: Db, { classId, by }: { readonly classId: ClassId | null; readonly by: string }): void =>
  inTransaction(db, () => {
    if (classId !== null) getClass(db, classId)
    const before = freeClassOf(db)?.id ?? null
    if (before === classId) return
    const becomes = (id: ClassId | null, freeOfDefects: 0 | 1): Change[] =>
      id === null ? [] : [{ kind: 'free-of-defects', classId: id, after: { freeOfDefects } }]
    // At most one: it is taken from the one before it is given to the other.
    changeDataset(db, { by, changes: [...becomes(before, 0), ...becomes(classId, 1)] })
  })
