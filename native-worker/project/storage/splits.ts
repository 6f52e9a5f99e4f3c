import { FlawsmithError } from '../../../contract/errors.ts'
import type { RunId } from '../../../contract/ids.ts'
import type { SplitShares, SplitState } from '../../../contract/splits.ts'
import type { SplittableImage } from '../dataset/draw-splits.ts'
import { drawSplits } from '../dataset/draw-splits.ts'
import { execute, inTransaction, selectAll, selectRow } from './query.ts'
import type { Db } from './query.ts'
import { recordRow, recordRows } from './record.ts'

export function readSplits(db: Db): SplitState {
  const row = selectRow<{
    val: number
    test: number
    seed: number
    lockedAt: string | null
    lockedByRun: number | null
    given: number
    undivided: number
  }>(
    db,
    `SELECT COALESCE(l.val_share, s.val_share) AS val, COALESCE(l.test_share, s.test_share) AS test,
            COALESCE(l.seed, s.seed) AS seed, l.locked_at AS lockedAt, l.locked_by_run AS lockedByRun,
            (SELECT COUNT(*) FROM images WHERE split_given = 1 AND state = 'active') AS given,
            (SELECT COUNT(*) FROM images WHERE split IS NULL AND state = 'active') AS undivided
     FROM splits s LEFT JOIN split_locks l ON l.id = (SELECT MIN(id) FROM split_locks) WHERE s.id = 1`,
  )
  const { val, test, ...state } = row
  return { shares: { val, test }, ...state }
}

export const hasUnassignedImages = (db: Db): boolean =>
  selectRow<{ found: number }>(
    db,
    "SELECT EXISTS (SELECT 1 FROM images WHERE split IS NULL AND state = 'active') AS found",
  ).found === 1

/**
 * Gives every image that has none its split; while the splits are not locked, those that were drawn before are drawn with
 * them. Where they are locked, a side is for good: images that were never compared with the others get none, so that none is parted from its
 * like. To be called whenever images came in. Gives the number of images that changed sides.
 */
export const assignSplits = (db: Db): number =>
  inTransaction(db, () => {
    const { shares, seed, lockedAt } = readSplits(db)
    const images = selectAll<SplittableImage & { readonly id: number; readonly given: number }>(
      db,
      // As it was imported: a project that changes its size is not divided anew.
      `SELECT id, class_id AS classId, imported_sha256 AS sha256, group_id AS groupId, split, split_given AS given
       FROM images i WHERE state = 'active' AND (
         :isLocked = 0 OR split IS NOT NULL OR EXISTS (SELECT 1 FROM found_groups f WHERE f.image_id = i.id))
       ORDER BY id`,
      { isLocked: lockedAt === null ? 0 : 1 },
    )
    const drawn = drawSplits(
      images.map((image) => (image.given === 1 || lockedAt !== null ? image : { ...image, split: null })),
      { shares, seed },
    )
    let changed = 0
    images.forEach(({ id, split: before }, index) => {
      const split = drawn[index] ?? 'train'
      if (split === before) return
      execute(db, 'UPDATE images SET split = :split WHERE id = :id', { id, split })
      if (before !== null) changed++
    })
    if (lockedAt !== null) fixSplits(db)
    return changed
  })

/**
 * Draws anew with other shares or another seed; images whose split came with them keep it.
 * Throws `splits_locked`.
 */
export const drawSplitsAnew = (
  db: Db,
  { shares, seed }: { readonly shares: SplitShares; readonly seed: number },
): SplitState =>
  inTransaction(db, () => {
    refuseLocked(readSplits(db))
    execute(db, 'UPDATE splits SET val_share = :val, test_share = :test, seed = :seed WHERE id = 1', {
      ...shares,
      seed,
    })
    assignSplits(db)
    return readSplits(db)
  })

/**
 * Each group that lies in several splits goes to the one that holds most of it, the train split where several do: also images whose split
 * came with them. Gives the number of images that changed sides. Throws `splits_locked`.
 */
export const uncrossGroups = (db: Db): number =>
  inTransaction(db, () => {
    refuseLocked(readSplits(db))
    const { changes } = execute(
      db,
      `WITH sides AS (
         SELECT group_id, split, ROW_NUMBER() OVER (
           PARTITION BY group_id ORDER BY COUNT(*) DESC, split = 'train' DESC, split = 'val' DESC) AS place
         FROM images WHERE group_id IS NOT NULL AND state = 'active' GROUP BY group_id, split)
       UPDATE images SET split = s.split FROM sides s
       WHERE s.group_id = images.group_id AND s.place = 1 AND images.state = 'active' AND images.split <> s.split`,
    )
    assignSplits(db)
    return changes
  })

/** From now on no image changes sides. What was locked before stays as it is. @param run that learns from the train split */
export const lockSplits = (db: Db, { run }: { readonly run: RunId | null }): SplitState =>
  inTransaction(db, () => {
    const { shares, seed, lockedAt } = readSplits(db)
    if (lockedAt === null) {
      const { id } = execute(
        db,
        `INSERT INTO split_locks (val_share, test_share, seed, locked_at, locked_by_run)
         VALUES (:val, :test, :seed, :lockedAt, :run)`,
        { ...shares, seed, lockedAt: new Date().toISOString(), run },
      )
      recordRow(db, 'split_locks', id)
      fixSplits(db)
    }
    return readSplits(db)
  })

/** Puts into the record on which side every image is that is not in there yet. */
function fixSplits(db: Db): void {
  const newest = (): number => selectRow<{ id: number }>(db, 'SELECT COALESCE(MAX(id), 0) AS id FROM fixed_splits').id
  const before = newest()
  execute(
    db,
    `INSERT INTO fixed_splits (image_id, split, given)
     SELECT id, split, split_given FROM images
     WHERE split IS NOT NULL AND id NOT IN (SELECT image_id FROM fixed_splits) ORDER BY id`,
  )
  const after = newest()
  if (after > before) recordRows(db, { kind: 'fixed_splits', firstId: before + 1, lastId: after })
}

function refuseLocked({ lockedAt, lockedByRun }: SplitState): void {
  if (lockedAt === null) return
  const why = lockedByRun === null ? 'by hand' : `by run ${lockedByRun}, which learned from the train images,`
  throw new FlawsmithError(
    'splits_locked',
    `The splits of this project were locked ${why} at ${lockedAt}. Make a new project to divide the images otherwise.`,
    { lockedAt, ...(lockedByRun === null ? {} : { run: lockedByRun }) },
  )
}
