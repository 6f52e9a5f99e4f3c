import type { Page } from '../../../contract/dataset.ts'
import type { GroupFilter, GroupMember, ImageGroup, MemberReason } from '../../../contract/groups.ts'
import type { SplitCounts } from '../../../contract/splits.ts'
import { selectAll, selectRow } from './query.ts'
import type { Db } from './query.ts'

interface GroupRow extends SplitCounts {
  readonly id: number
  readonly given: number
}

const sides = "SUM(split = 'train') AS train, SUM(split = 'val') AS val, SUM(split = 'test') AS test"

const filtered = `
  SELECT group_id AS id, COUNT(*) AS images, ${sides}, SUM(split_given) AS given
  FROM images WHERE group_id IS NOT NULL AND state = 'active'
  GROUP BY group_id
  HAVING (:filter = 'all')
    OR (:filter = 'across-classes' AND COUNT(DISTINCT class_id) > 1)
    OR (:filter = 'crosses-splits' AND COUNT(DISTINCT split) > 1)
    OR (:filter = 'by-hand' AND COUNT(hand_group) > 0)`

/** The largest first. */
export function listGroups(
  db: Db,
  { filter, offset, limit }: { readonly filter: GroupFilter; readonly offset: number; readonly limit: number },
): Page<ImageGroup> {
  const rows = selectAll<GroupRow>(db, `${filtered} ORDER BY images DESC, id LIMIT :limit OFFSET :offset`, {
    filter,
    offset,
    limit,
  })
  return {
    items: rows.map(({ id, given, ...splits }) => ({
      id,
      members: listMembers(db, id),
      splits: { train: splits.train, val: splits.val, test: splits.test },
      crossingPairs: crossingPairs(splits),
      given,
    })),
    total: selectRow<{ total: number }>(db, `SELECT COUNT(*) AS total FROM (${filtered})`, { filter }).total,
  }
}

const crossingPairs = ({ train, val, test }: SplitCounts): number => train * val + train * test + val * test

interface MemberRow extends Omit<GroupMember, 'because'> {
  readonly hand: number | null
  readonly middle: number | null
  readonly twins: number
}

/** The middle first, then the most alike. */
const listMembers = (db: Db, group: number): readonly GroupMember[] =>
  selectAll<MemberRow>(
    db,
    `SELECT i.id, i.sha256, c.name AS className, i.source_path AS sourcePath, i.split, i.hand_group AS hand,
            f.middle_id AS middle, f.correlation, f.orientation,
            (SELECT COUNT(*) FROM images t WHERE t.group_id = i.group_id AND t.source_sha256 = i.source_sha256) AS twins
     FROM images i JOIN classes c ON c.id = i.class_id LEFT JOIN found_groups f ON f.image_id = i.id
     WHERE i.group_id = :group AND i.state = 'active'
     ORDER BY (f.middle_id = i.id) DESC, f.correlation DESC, i.id`,
    { group },
  ).map(({ hand, middle, twins, ...member }) => ({
    ...member,
    because: reasonOf({ id: member.id, hand, middle, twins }),
  }))

function reasonOf({
  id,
  hand,
  middle,
  twins,
}: {
  readonly id: number
  readonly hand: number | null
  readonly middle: number | null
  readonly twins: number
}): MemberReason {
  if (hand !== null) return 'hand'
  if (middle === id) return 'middle'
  if (middle !== null) return 'alike'
  return twins > 1 ? 'source' : 'name'
}
