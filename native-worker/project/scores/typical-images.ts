import type { ClassId } from '../../../contract/ids.ts'
import type { NearestReal } from '../../../contract/scores.ts'
import { evenlySpread } from '../../metrics/evenly-spread.ts'
import { selectAll } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'

const shown = 3

/**
 * Train images of a class that are most like others of it, each of another group; where the class was not compared yet, some that lie
 * evenly over it.
 */
export function typicalImages(db: Db, classId: ClassId): readonly NearestReal[] {
  const scored = selectAll<NearestReal & { readonly groupId: number | null }>(
    db,
    `SELECT i.id AS imageId, i.sha256, i.group_id AS groupId FROM real_scores r JOIN images i ON i.id = r.image_id
     WHERE r.reference_id = (SELECT MAX(id) FROM score_references) AND r.class_id = :classId AND r.name = 'randomDistance'
       AND r.fold IS NOT NULL AND i.state = 'active' AND i.split = 'train'
     ORDER BY r.value, i.id`,
    { classId },
  )
  const groups = new Set<number>()
  const typical = scored.filter(({ groupId }) => {
    if (groupId === null) return true
    if (groups.has(groupId)) return false
    groups.add(groupId)
    return true
  })
  if (typical.length >= shown) return typical.slice(0, shown).map(({ imageId, sha256 }) => ({ imageId, sha256 }))
  const all = selectAll<NearestReal>(
    db,
    `SELECT id AS imageId, sha256 FROM images WHERE class_id = :classId AND state = 'active' AND split = 'train' ORDER BY id`,
    { classId },
  )
  return evenlySpread(all, shown)
}
