import type { ChangeOutcome } from '../../../../contract/changes.ts'
import type { ClassId, ImageId } from '../../../../contract/ids.ts'
import type { Db } from '../../storage/query.ts'
import { getClass } from '../../storage/classes.ts'
import { changeDataset } from './change-dataset.ts'

interface OfImages {
  readonly ids: readonly ImageId[]
  readonly by: string
}

/** Moves images to a class; as what they were imported stays on record. Excluded ones stay excluded. Throws what `changeDataset` throws. */
export function relabelImages(db: Db, { ids, classId, by }: OfImages & { readonly classId: ClassId }): ChangeOutcome {
  getClass(db, classId)
  return changeDataset(db, {
    by,
    changes: unique(ids).map((imageId) => ({ kind: 'relabel', imageId, after: { classId } })),
  })
}

/** From now on they neither train nor judge nor are exported. They stay in the project. */
export const excludeImages = (db: Db, { ids, by }: OfImages): ChangeOutcome =>
  changeDataset(db, {
    by,
    changes: unique(ids).map((imageId) => ({ kind: 'exclude', imageId, after: { state: 'excluded' } })),
  })

/** Throws `class_removed` and `image_twice` where they have no place any more. */
export const restoreImages = (db: Db, { ids, by }: OfImages): ChangeOutcome =>
  changeDataset(db, {
    by,
    changes: unique(ids).map((imageId) => ({ kind: 'restore', imageId, after: { state: 'active' } })),
  })

const unique = (ids: readonly ImageId[]): readonly ImageId[] => [...new Set(ids)]
