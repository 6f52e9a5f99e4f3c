import * as v from 'valibot'
import { GroupHint, defaultThreshold } from '../../../contract/groups.ts'
import type { CrossingCount, GroupSearch, GroupSettings, GroupState, Orientation } from '../../../contract/groups.ts'
import type { ImageId, Sha256 } from '../../../contract/ids.ts'
import { formGroups } from '../dataset/groups/form-groups.ts'
import type { GroupableImage } from '../dataset/groups/form-groups.ts'
import { parseColumn } from './parse-column.ts'
import { execute, inTransaction, selectAll, selectOne, selectRow } from './query.ts'
import type { Db } from './query.ts'
import { recordRow } from './record.ts'

export interface SearchedImage {
  readonly id: ImageId
  readonly sha256: Sha256
  readonly sourcePath: string
  readonly importId: number | null
}

export const listSearchableImages = (db: Db): SearchedImage[] =>
  selectAll(
    db,
    `SELECT id, sha256, source_path AS sourcePath, import_id AS importId FROM images WHERE state = 'active' ORDER BY id`,
  )

/** What a search says of one image. */
export interface FoundMember {
  readonly imageId: ImageId
  /** The image that is most like the others of its group; null for one that is alone. */
  readonly middleId: ImageId | null
  readonly correlation: number | null
  readonly orientation: Orientation | null
  /** What the hint reads in the name of its file. */
  readonly part: string | null
}

/** Puts the outcome of a search in place of the last one's and forms the groups anew. Call `assignSplits` afterwards. */
export const storeSearch = (
  db: Db,
  { members, hint, ...search }: Omit<GroupSearch, 'searchedAt'> & { readonly members: readonly FoundMember[] },
): void =>
  inTransaction(db, () => {
    execute(db, 'DELETE FROM found_groups')
    for (const member of members)
      execute(
        db,
        `INSERT INTO found_groups (image_id, middle_id, correlation, orientation, part)
         VALUES (:imageId, :middleId, :correlation, :orientation, :part)`,
        { ...member },
      )
    formGroupsAnew(db)
    const { groups } = countGroups(db)
    const { id } = execute(
      db,
      `INSERT INTO group_searches (searched_at, threshold, hint, images, unread, pairs, groups, seconds)
       VALUES (:searchedAt, :threshold, :hint, :images, :unread, :pairs, :groups, :seconds)`,
      { ...search, groups, hint: hint === null ? null : JSON.stringify(hint), searchedAt: new Date().toISOString() },
    )
    recordRow(db, 'group_searches', id)
  })

/** Forms the groups from what was found and what people decided. To be called whenever images come, go or are put elsewhere by hand. */
export const formGroupsAnew = (db: Db): void =>
  inTransaction(db, () => {
    const images = selectAll<GroupableImage & { readonly before: number | null }>(
      db,
      `SELECT i.id, i.source_sha256 AS sourceSha256, i.hand_group AS hand, f.middle_id AS middle, f.part, i.group_id AS before
       FROM images i LEFT JOIN found_groups f ON f.image_id = i.id WHERE i.state = 'active' ORDER BY i.id`,
    )
    const groups = formGroups(images)
    for (const { id, before } of images) {
      const group = groups.get(id) ?? null
      if (group !== before) execute(db, 'UPDATE images SET group_id = :group WHERE id = :id', { id, group })
    }
    execute(db, "UPDATE images SET group_id = NULL WHERE state <> 'active' AND group_id IS NOT NULL")
  })

/** How the next search is made: as the last one was. */
export const groupSettings = (db: Db): GroupSettings => {
  const last = lastSearch(db)
  return last === null ? { threshold: defaultThreshold, hint: null } : { threshold: last.threshold, hint: last.hint }
}

export function lastSearch(db: Db): GroupSearch | null {
  const row = selectOne<Omit<GroupSearch, 'hint'> & { readonly hint: string | null }>(
    db,
    `SELECT searched_at AS searchedAt, threshold, hint, images, unread, pairs, seconds
     FROM group_searches ORDER BY id DESC LIMIT 1`,
  )
  if (row === undefined) return null
  const { hint, ...search } = row
  return {
    ...search,
    hint: hint === null ? null : parseColumn(v.nullable(GroupHint), { column: 'group_searches.hint', json: hint }),
  }
}

export const readGroupState = (db: Db): GroupState => ({
  search: lastSearch(db),
  unsearched: selectRow<{ images: number }>(
    db,
    `SELECT COUNT(*) AS images FROM images i
     WHERE i.state = 'active' AND NOT EXISTS (SELECT 1 FROM found_groups f WHERE f.image_id = i.id)`,
  ).images,
  ...countGroups(db),
})

/** Images of one part of which one trains and another judges. */
export function countCrossing(db: Db): CrossingCount {
  const { crossing, crossingImages } = countGroups(db)
  const { isLocked } = selectRow<{ isLocked: 0 | 1 }>(db, 'SELECT EXISTS (SELECT 1 FROM split_locks) AS isLocked')
  return { groups: crossing, images: crossingImages, isLocked: isLocked === 1 }
}

const countGroups = (db: Db): Pick<GroupState, 'groups' | 'crossing' | 'crossingImages'> =>
  selectRow(
    db,
    `SELECT COUNT(*) AS groups, COALESCE(SUM(sides > 1), 0) AS crossing,
            COALESCE(SUM(CASE WHEN sides > 1 THEN images END), 0) AS crossingImages
     FROM (SELECT COUNT(DISTINCT split) AS sides, COUNT(*) AS images FROM images WHERE group_id IS NOT NULL AND state = 'active' GROUP BY group_id)`,
  )
