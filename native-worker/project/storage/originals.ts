import type { Sha256 } from '../../../contract/ids.ts'
import type { OriginalKind, OriginalsSummary } from '../../../contract/originals.ts'
import { execute, selectAll, selectRow } from './query.ts'
import type { Db } from './query.ts'

/** A file that images came from. */
export interface Original {
  readonly sha256: Sha256
  readonly kind: OriginalKind
  readonly sizeBytes: number
  /** Every reader of class folders sees the file as its picture shows it. */
  readonly isPlain: boolean
  /** Where it lay when it was imported; null where its bytes are in the project. */
  readonly path: string | null
}

/** Bytes that are kept stay kept; of those that are not, the newest place is known. */
export const noteOriginal = (db: Db, { isPlain, ...original }: Original): void =>
  void execute(
    db,
    `INSERT INTO originals (sha256, size_bytes, kind, plain, kept, path)
     VALUES (:sha256, :sizeBytes, :kind, :isPlain, :path IS NULL, :path)
     ON CONFLICT (sha256) DO UPDATE SET kept = excluded.kept, path = excluded.path WHERE kept = 0`,
    { ...original, isPlain: isPlain ? 1 : 0 },
  )

/** Of the images that are in use. */
export const summarizeOriginals = (db: Db): Omit<OriginalsSummary, 'freeBytes'> =>
  selectRow(
    db,
    `SELECT COUNT(*) FILTER (WHERE o.kept = 1) AS kept, COUNT(*) FILTER (WHERE o.kept = 0) AS referenced,
            COUNT(*) FILTER (WHERE o.id IS NULL) AS absent,
            (SELECT COALESCE(SUM(size_bytes), 0) FROM originals WHERE kept = 1) AS keptBytes
     FROM images i LEFT JOIN originals o ON o.sha256 = i.source_sha256 WHERE i.state = 'active'`,
  )

/** Those whose bytes lie in the project. */
export const listKeptOriginals = (db: Db): Pick<Original, 'sha256' | 'kind'>[] =>
  selectAll(db, 'SELECT sha256, kind FROM originals WHERE kept = 1')
