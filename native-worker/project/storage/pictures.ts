import type { Fit } from '../../../contract/dataset.ts'
import type { ImageId, Sha256 } from '../../../contract/ids.ts'
import type { OriginalKind } from '../../../contract/originals.ts'
import type { SourceRectangle } from '../../../contract/source-rectangle.ts'
import { execute, selectAll, selectOne, selectRow } from './query.ts'
import type { Db } from './query.ts'
import { recordRows } from './record.ts'

/** What the picture of an image shows of its original, and where that is. */
export interface ShownPart {
  readonly fit: Fit
  readonly shown: SourceRectangle
  readonly grey: { readonly low: number; readonly high: number } | null
  readonly page: number
  readonly isPatch: boolean
}

export interface KnownOriginal {
  readonly sha256: Sha256
  readonly kind: OriginalKind
  readonly sizeBytes: number
  readonly isPlain: boolean
  /** Null where its bytes are kept in the project. */
  readonly path: string | null
}

export interface Derivation extends ShownPart {
  readonly id: ImageId
  readonly isActive: boolean
  readonly sourcePath: string
  readonly sourceSha256: Sha256
  readonly sourceWidth: number
  readonly sourceHeight: number
  /** Null for images of versions that kept nothing. */
  readonly original: KnownOriginal | null
}

interface DerivationRow {
  readonly id: ImageId
  readonly isActive: number
  readonly sourcePath: string
  readonly sourceSha256: Sha256
  readonly sourceWidth: number
  readonly sourceHeight: number
  readonly fit: Fit
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly greyLow: number | null
  readonly greyHigh: number | null
  readonly page: number
  readonly isPatch: number
  readonly kind: OriginalKind | null
  readonly originalBytes: number | null
  readonly isPlain: number | null
  readonly path: string | null
}

const derivationColumns = `
  i.id, i.state = 'active' AS isActive, i.source_path AS sourcePath, i.source_sha256 AS sourceSha256,
  i.source_width AS sourceWidth, i.source_height AS sourceHeight, i.fit,
  i.rect_x AS x, i.rect_y AS y, i.rect_width AS width, i.rect_height AS height,
  i.grey_low AS greyLow, i.grey_high AS greyHigh, i.page, i.frame AS isPatch,
  o.kind, o.size_bytes AS originalBytes, o.plain AS isPlain, o.path`

/** Every image with the file that it came from, excluded ones too. */
export const listDerivations = (db: Db): Derivation[] =>
  selectAll<DerivationRow>(
    db,
    `SELECT ${derivationColumns} FROM images i LEFT JOIN originals o ON o.sha256 = i.source_sha256 ORDER BY i.id`,
  ).map(asDerivation)

/** The same of one image; null where there is none. */
export function getDerivation(db: Db, id: ImageId): Derivation | null {
  const row = selectOne<DerivationRow>(
    db,
    `SELECT ${derivationColumns} FROM images i LEFT JOIN originals o ON o.sha256 = i.source_sha256 WHERE i.id = :id`,
    { id },
  )
  return row === undefined ? null : asDerivation(row)
}

const asDerivation = ({
  isActive,
  x,
  y,
  width,
  height,
  greyLow,
  greyHigh,
  isPatch,
  kind,
  originalBytes,
  isPlain,
  path,
  ...rest
}: DerivationRow): Derivation => ({
  ...rest,
  isActive: isActive === 1,
  shown: { x, y, width, height },
  grey: greyLow === null || greyHigh === null ? null : { low: greyLow, high: greyHigh },
  isPatch: isPatch === 1,
  original:
    kind === null
      ? null
      : { sha256: rest.sourceSha256, kind, sizeBytes: originalBytes ?? 0, isPlain: isPlain === 1, path },
})

/** The picture that is in use from now on. Call `recordPictures` about what one transaction changes. */
export const changePicture = (
  db: Db,
  {
    id,
    sha256,
    sizeBytes,
    fit,
    shown,
  }: Pick<Derivation, 'id' | 'fit' | 'shown'> & { readonly sha256: Sha256; readonly sizeBytes: number },
): number =>
  execute(
    db,
    `UPDATE images SET sha256 = :sha256, size_bytes = :sizeBytes, fit = :fit,
                       rect_x = :x, rect_y = :y, rect_width = :width, rect_height = :height
     WHERE id = :id`,
    { id, sha256, sizeBytes, fit, ...shown },
  ).changes

/**
 * Appends what the pictures of these images are now, where that is not what was last appended, at `size` pixels an edge. Call it in
 * the transaction that makes them so.
 */
export function recordPictures(
  db: Db,
  images: { readonly firstId: ImageId; readonly lastId: ImageId; readonly size: number },
): void {
  const newest = (): number => selectRow<{ id: number }>(db, 'SELECT COALESCE(MAX(id), 0) AS id FROM pictures').id
  const before = newest()
  execute(
    db,
    `INSERT INTO pictures (image_id, sha256, size_bytes, size, fit, rect_x, rect_y, rect_width, rect_height,
                           grey_low, grey_high, page, frame)
     SELECT i.id, i.sha256, i.size_bytes, :size, i.fit, i.rect_x, i.rect_y, i.rect_width, i.rect_height,
            i.grey_low, i.grey_high, i.page, i.frame
     FROM images i LEFT JOIN pictures p ON p.id = (SELECT MAX(id) FROM pictures WHERE image_id = i.id)
     WHERE i.id BETWEEN :firstId AND :lastId
       AND (p.sha256 IS NOT i.sha256 OR p.size_bytes IS NOT i.size_bytes OR p.fit IS NOT i.fit
            OR p.rect_x IS NOT i.rect_x OR p.rect_y IS NOT i.rect_y
            OR p.rect_width IS NOT i.rect_width OR p.rect_height IS NOT i.rect_height)
     ORDER BY i.id`,
    images,
  )
  const after = newest()
  if (after > before) recordRows(db, { kind: 'pictures', firstId: before + 1, lastId: after })
}
