import type { DatasetImage, Fit, Page } from '../../../contract/dataset.ts'
import type { ClassId, ImageId, Sha256 } from '../../../contract/ids.ts'
import type { SourceRectangle } from '../../../contract/source-rectangle.ts'
import type { Split } from '../../../contract/splits.ts'
import { execute, selectAll, selectOne, selectRow } from './query.ts'
import type { Db } from './query.ts'
import { recordPictures } from './pictures.ts'
import { recordRows } from './record.ts'

export interface NewImage {
  readonly classId: ClassId
  readonly importId: number
  readonly sha256: Sha256
  readonly sizeBytes: number
  /** Relative to the folder of its import, with `/` between names. */
  readonly sourcePath: string
  readonly sourceWidth: number
  readonly sourceHeight: number
  readonly sourceSha256: Sha256
  readonly fit: Fit
  /** What of the upright source the picture shows. */
  readonly shown: SourceRectangle
  /** The source values that became 0 and 255; null for a file of 8 bits or fewer. */
  readonly grey: { readonly low: number; readonly high: number } | null
  /** Of a file that holds several, from 0. */
  readonly page: number
  /** A patch that was cut out of a larger frame. */
  readonly isPatch: boolean
  /** The split it came with; null where one is drawn for it. */
  readonly givenSplit: Split | null
}

/** Call `recordImages` about what one transaction inserts. */
export const insertImage = (db: Db, { shown, grey, isPatch, ...image }: NewImage): ImageId =>
  execute(
    db,
    `INSERT INTO images (imported_class_id, class_id, import_id, imported_sha256, sha256, imported_size_bytes, size_bytes,
                         source_path, source_width, source_height, source_sha256, fit, rect_x, rect_y, rect_width, rect_height,
                         grey_low, grey_high, page, frame, split, split_given, created_at)
     VALUES (:classId, :classId, :importId, :sha256, :sha256, :sizeBytes, :sizeBytes,
             :sourcePath, :sourceWidth, :sourceHeight, :sourceSha256, :fit, :x, :y, :width, :height,
             :greyLow, :greyHigh, :page, :frame, :givenSplit, :isGiven, :createdAt)`,
    {
      ...image,
      ...shown,
      greyLow: grey?.low ?? null,
      greyHigh: grey?.high ?? null,
      frame: isPatch ? 1 : 0,
      isGiven: image.givenSplit === null ? 0 : 1,
      createdAt: new Date().toISOString(),
    },
  ).id as ImageId

/** Enters images that were just inserted into the record, with what their pictures show. Call it in the transaction that inserts them. */
export function recordImages(
  db: Db,
  { firstId, lastId, size }: { readonly firstId: ImageId; readonly lastId: ImageId; readonly size: number },
): void {
  recordRows(db, { kind: 'images', firstId, lastId })
  recordPictures(db, { firstId, lastId, size })
}

/** Bits of the source values that became white, of all images that were made from more than 8. */
export const listDepths = (db: Db): number[] =>
  selectAll<{ high: number }>(
    db,
    'SELECT DISTINCT grey_high AS high FROM images WHERE grey_high IS NOT NULL ORDER BY grey_high',
  ).map(({ high }) => Math.round(Math.log2(high + 1)))

/** Mean size in bytes of the stored pictures; null without any. */
export const meanImageBytes = (db: Db): number | null =>
  selectOne<{ bytes: number | null }>(db, 'SELECT avg(size_bytes) AS bytes FROM images')?.bytes ?? null

export interface KnownImage {
  readonly id: ImageId
  readonly classId: ClassId
  readonly className: string
  /** What the class was called with which it came, then and now. */
  readonly importedClass: string
  readonly importedClassNow: string
  readonly sourcePath: string
  readonly sourceSha256: Sha256
  readonly importId: number | null
  readonly split: Split | null
}

/**
 * Whether any image, whatever became of it, was imported from these bytes or has them as its picture. Where none was, neither
 * `findImageBySource` nor `ExcludedImages` finds one; they take ten times as long to say so.
 */
export const isKnownSource = (db: Db, sha256: Sha256): boolean =>
  selectRow<{ isKnown: 0 | 1 }>(
    db,
    `SELECT EXISTS (SELECT 1 FROM images WHERE source_sha256 = :sha256)
         OR EXISTS (SELECT 1 FROM pictures WHERE sha256 = :sha256) AS isKnown`,
    { sha256 },
  ).isKnown === 1

/**
 * The image of this very file: the one that was imported from these bytes, or the one that an export wrote as them, at whatever size the
 * project had then. What two files look like once they are fitted makes neither a copy of the other.
 */
export const findImageBySource = (db: Db, sourceSha256: Sha256): KnownImage | undefined =>
  selectOne(
    db,
    `SELECT i.id, c.id AS classId, c.name AS className, f.imported_name AS importedClass, f.name AS importedClassNow,
            i.source_path AS sourcePath, i.source_sha256 AS sourceSha256, i.import_id AS importId, i.split
     FROM images i JOIN classes c ON c.id = i.class_id JOIN classes f ON f.id = i.imported_class_id
     WHERE i.id = (SELECT MIN(id) FROM (
       SELECT id FROM images WHERE source_sha256 = :sourceSha256 AND state = 'active' AND frame = 0
       UNION ALL SELECT p.image_id FROM pictures p JOIN images o ON o.id = p.image_id
       WHERE p.sha256 = :sourceSha256 AND o.state = 'active'))`,
    { sourceSha256 },
  )

export const listImages = (
  db: Db,
  { classId, offset, limit }: { readonly classId: ClassId; readonly offset: number; readonly limit: number },
): Page<DatasetImage> => ({
  items: selectAll(
    db,
    `SELECT id, sha256, source_path AS sourcePath, source_width AS sourceWidth, source_height AS sourceHeight, split
     FROM images WHERE class_id = :classId AND state = 'active' ORDER BY id LIMIT :limit OFFSET :offset`,
    { classId, limit, offset },
  ),
  total: selectRow<{ total: number }>(
    db,
    `SELECT COUNT(*) AS total FROM images WHERE class_id = :classId AND state = 'active'`,
    { classId },
  ).total,
})

/** The images of a class that a run learns from, in import order: never one that is there to choose or to judge by. */
export const listTrainingImages = (db: Db, classId: ClassId): Sha256[] =>
  selectAll<{ sha256: Sha256 }>(
    db,
    `SELECT sha256 FROM images WHERE class_id = :classId AND state = 'active' AND split = 'train' ORDER BY id`,
    { classId },
  ).map((row) => row.sha256)

export interface ExportableImage {
  readonly id: ImageId
  readonly sourceSha256: Sha256
  readonly sha256: Sha256
  readonly sizeBytes: number
  /** The name of the imported folder and the path in it. */
  readonly source: string
  readonly split: Split
}

/** Without those that no split holds. */
export const listExportableImages = (db: Db, classId: ClassId): ExportableImage[] =>
  selectAll<Omit<ExportableImage, 'source'> & { folder: string | null; sourcePath: string }>(
    db,
    `SELECT i.id, i.source_sha256 AS sourceSha256, i.sha256, i.size_bytes AS sizeBytes, i.source_path AS sourcePath, m.folder, i.split
     FROM images i LEFT JOIN imports m ON m.id = i.import_id
     WHERE i.class_id = :classId AND i.state = 'active' AND i.split IS NOT NULL ORDER BY i.id`,
    { classId },
  ).map(({ folder, sourcePath, ...image }) => ({
    ...image,
    source: folder === null ? sourcePath : `${lastName(folder)}/${sourcePath}`,
  }))

const lastName = (folder: string): string => folder.split(/[/\\]/).findLast((name) => name !== '') ?? ''
