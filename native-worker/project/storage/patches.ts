import type { Sha256 } from '../../../contract/ids.ts'
import type { SourceRectangle } from '../../../contract/source-rectangle.ts'
import { execute, selectOne } from './query.ts'
import type { Db } from './query.ts'

/** A part of a frame. */
export interface PatchPlace {
  readonly sourceSha256: Sha256
  readonly window: SourceRectangle
}

/** Whether this very part of a frame is an image of the project: files are judged by their bytes, patches by their place, too. */
export const hasPatch = (db: Db, { sourceSha256, window }: PatchPlace): boolean =>
  selectOne(
    db,
    `SELECT 1 FROM images WHERE source_sha256 = :sourceSha256 AND state = 'active' AND frame = 1
       AND rect_x = :x AND rect_y = :y AND rect_width = :width AND rect_height = :height LIMIT 1`,
    { sourceSha256, ...window },
  ) !== undefined

/** All patches of a frame are one group: they show the same part on the same picture. */
export const groupPatchesOf = (db: Db, sourceSha256: Sha256): void =>
  void execute(
    db,
    `UPDATE images SET group_id = (SELECT MIN(COALESCE(group_id, id)) FROM images WHERE source_sha256 = :sourceSha256)
     WHERE source_sha256 = :sourceSha256`,
    { sourceSha256 },
  )
