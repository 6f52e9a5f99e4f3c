import type { ClaimedClass, LabelConflict } from '../../../contract/label-conflicts.ts'
import type { ImageId } from '../../../contract/ids.ts'
import { execute, selectAll, selectOne } from './query.ts'
import type { Db } from './query.ts'

interface NewClaim {
  readonly imageId: ImageId
  readonly importId: number
  /** As the folder of the other file calls it. */
  readonly className: string
  readonly sourcePath: string
}

/** Another file with the bytes of an image lies in the folder of another class. The same claim again is no new one. */
export const insertClaim = (db: Db, claim: NewClaim): void =>
  void execute(
    db,
    `INSERT INTO label_claims (image_id, import_id, class_name, source_path, claimed_at)
     SELECT :imageId, :importId, :className, :sourcePath, :claimedAt
     WHERE NOT EXISTS (
       SELECT 1 FROM label_claims WHERE image_id = :imageId AND class_name = :className AND source_path = :sourcePath)`,
    { ...claim, claimedAt: new Date().toISOString() },
  )

/** Whether nobody has said yet which class an image belongs to. */
export const isDisputed = (db: Db, imageId: ImageId): boolean =>
  selectOne(db, 'SELECT 1 FROM label_claims WHERE image_id = :imageId AND settled_at IS NULL LIMIT 1', { imageId }) !==
  undefined

/** Images that several folders claim, and that nobody has decided on: in import order. */
export function listLabelConflicts(db: Db): LabelConflict[] {
  const claims = selectAll<ClaimedClass & { imageId: ImageId }>(
    db,
    `SELECT image_id AS imageId, class_name AS className, source_path AS path
     FROM label_claims WHERE settled_at IS NULL ORDER BY id`,
  )
  const images = selectAll<Omit<LabelConflict, 'claims'>>(
    db,
    `SELECT i.id AS imageId, i.sha256, i.class_id AS classId, c.name AS className, i.source_path AS path, i.state
     FROM images i JOIN classes c ON c.id = i.class_id
     WHERE i.id IN (SELECT image_id FROM label_claims WHERE settled_at IS NULL) ORDER BY i.id`,
  )
  return images.map((image) => ({
    ...image,
    claims: claims.filter(({ imageId }) => imageId === image.imageId).map(({ imageId: _, ...claim }) => claim),
  }))
}

export const settleClaims = (
  db: Db,
  { imageId, change }: { readonly imageId: ImageId; readonly change: number | null },
): void =>
  void execute(
    db,
    `UPDATE label_claims SET settled_at = :settledAt, settled_change = :change
     WHERE image_id = :imageId AND settled_at IS NULL`,
    { imageId, change, settledAt: new Date().toISOString() },
  )

/** Opens what was settled by changes that were taken back, and closes it where they stand again. To be called after every undo. */
export function reopenClaims(db: Db, stands: (change: number) => boolean): void {
  const changes = selectAll<{ change: number }>(
    db,
    'SELECT DISTINCT settled_change AS change FROM label_claims WHERE settled_change IS NOT NULL',
  )
  for (const { change } of changes)
    execute(
      db,
      'UPDATE label_claims SET settled_at = CASE WHEN :stands = 1 THEN COALESCE(settled_at, :now) END WHERE settled_change = :change',
      { change, stands: stands(change) ? 1 : 0, now: new Date().toISOString() },
    )
}
