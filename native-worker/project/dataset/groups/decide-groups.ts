import type { ChangeOutcome } from '../../../../contract/changes.ts'
import { FlawsmithError } from '../../../../contract/errors.ts'
import type { ImageId } from '../../../../contract/ids.ts'
import { selectAll, selectOne } from '../../storage/query.ts'
import type { Db } from '../../storage/query.ts'
import type { Change } from '../changes/change.ts'
import { changeDataset } from '../changes/change-dataset.ts'

interface OfImages {
  readonly ids: readonly ImageId[]
  readonly by: string
}

interface GroupedImage {
  readonly id: ImageId
  /** Its own id where it is alone. */
  readonly groupId: number
  /** Whether a person has said already what it belongs to. */
  readonly isDecided: 0 | 1
}

/**
 * A person says that images show one part: they and all that are grouped with them stay together, whatever a search finds. Where the
 * splits are locked, each stays on its side all the same. Throws `invalid_request` for one image that is alone, and what `changeDataset` throws.
 */
export function joinGroups(db: Db, { ids, by }: OfImages): ChangeOutcome {
  const chosen = new Set(ids)
  const images = groupedImages(db)
  const groups = new Set(images.filter(({ id }) => chosen.has(id)).map(({ groupId }) => groupId))
  // What is excluded is named all the same, so that it is said if it does not exist.
  const joined = new Set([...chosen, ...images.filter(({ groupId }) => groups.has(groupId)).map(({ id }) => id)])
  const [only = 0] = joined
  if (joined.size === 1 && selectOne(db, 'SELECT 1 FROM images WHERE id = :only', { only }) !== undefined)
    throw new FlawsmithError(
      'invalid_request',
      `Image ${only} is in no group, and nothing is joined with one image. Name the images, too, that show the same part.`,
      { image: only },
    )
  return changeDataset(db, { by, changes: together([...joined], 'join-group') })
}

/**
 * A person says that images show another part than the rest of their group: both stay apart, whatever a search finds. Where all of a group
 * are named, each is a part of its own; an image that is in no group stays as it is. Throws what `changeDataset` throws.
 */
export function splitGroups(db: Db, { ids, by }: OfImages): ChangeOutcome {
  const chosen = new Set(ids)
  const groups = new Map<number, { taken: ImageId[]; left: ImageId[] }>()
  const images = groupedImages(db)
  // What people joined with images that are excluded now is no part alone: these may come back.
  const alone = new Set(
    images.filter(({ id, groupId, isDecided }) => groupId === id && isDecided === 0).map(({ id }) => id),
  )
  for (const { id, groupId } of images) {
    const sides = groups.get(groupId) ?? { taken: [], left: [] }
    groups.set(groupId, sides)
    sides[chosen.has(id) ? 'taken' : 'left'].push(id)
  }
  const changes = [...groups.values()]
    .filter(({ taken: [first, second], left }) => {
      if (first === undefined) return false
      return second !== undefined || left.length > 0 || !alone.has(first)
    })
    .flatMap(({ taken, left }) =>
      left.length === 0
        ? taken.flatMap((id) => together([id], 'split-group'))
        : [...together(taken, 'split-group'), ...together(left, 'split-group')],
    )
  return changeDataset(db, { by, changes })
}

const together = (ids: readonly ImageId[], kind: 'join-group' | 'split-group'): readonly Change[] => {
  const handGroup = ids.reduce((lowest, id) => Math.min(lowest, id), Infinity)
  return ids.map((imageId) => ({ kind, imageId, after: { handGroup } }))
}

const groupedImages = (db: Db): readonly GroupedImage[] =>
  selectAll(
    db,
    `SELECT id, COALESCE(group_id, id) AS groupId, hand_group IS NOT NULL AS isDecided
     FROM images WHERE state = 'active' ORDER BY id`,
  )
