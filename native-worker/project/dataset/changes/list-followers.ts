import type { ClassId, ImageId } from '../../../../contract/ids.ts'
import { selectAll } from '../../storage/query.ts'
import type { Db } from '../../storage/query.ts'
import type { UndoneChanges } from './undone-changes.ts'

export interface Follower {
  readonly id: ImageId
  /** That took it along. */
  readonly change: number
}

/**
 * Images that were imported under the name of a class while it was merged, and are where it went: no change of the merge itself names them.
 * Those that somebody has moved by hand since are where they belong.
 */
export function listFollowers(
  db: Db,
  { classId, into, undone }: { readonly classId: ClassId; readonly into: ClassId; readonly undone: UndoneChanges },
): readonly Follower[] {
  const followers = selectAll<Follower>(
    db,
    `SELECT i.id, MAX(d.id) AS change FROM images i JOIN dataset_changes d ON d.image_id = i.id
     WHERE i.imported_class_id = :classId AND i.class_id = :into AND d.kind = 'merge' AND d.import_id IS NOT NULL
     GROUP BY i.id ORDER BY i.id`,
    { classId, into },
  )
  const moved = new Set(
    selectAll<{ id: number; imageId: ImageId }>(
      db,
      `SELECT d.id, d.image_id AS imageId FROM dataset_changes d JOIN images i ON i.id = d.image_id
       WHERE d.kind = 'relabel' AND i.imported_class_id = :classId AND i.class_id = :into`,
      { classId, into },
    ).flatMap(({ id, imageId }) => (undone.stands(id) ? [imageId] : [])),
  )
  return followers.filter(({ id }) => !moved.has(id))
}
