import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'
import { execute, selectAll, selectOne } from './query.ts'
import type { Db } from './query.ts'

/**
 * What the record holds of each table's rows: everything that never changes once it is written. Entries of released
 * versions were made from these very names and values, so a list never changes: other columns are another kind. What people may
 * change has moved to columns of its own since; what was recorded is read under its first name.
 */
const recordedColumns = {
  project: 'id, name, first_size AS size, channels, is_sample, created_at',
  classes: 'id, imported_name AS name, created_at',
  imports: 'id, folder, fit, started_at',
  images:
    'id, imported_class_id AS class_id, import_id, imported_sha256 AS sha256, imported_size_bytes AS size_bytes, source_path, source_width, source_height, source_sha256, created_at',
  pictures:
    'id, image_id, sha256, size_bytes, size, fit, rect_x, rect_y, rect_width, rect_height, grey_low, grey_high, page, frame',
  frames: 'id, source_sha256, folder, name, width, height, added_at',
  dataset_changes: 'id, batch, kind, image_id, class_id, import_id, before, after, changed_by, changed_at, undoes',
  run_origins: 'id, run_id, origin, sha256',
  runs: 'id, recipe, class_id, engine, seed, parameters, class_names, dataset_size, created_at',
  samples: 'id, run_id, checkpoint_step, checkpoint_sha256, class_id, seed, sha256, created_at',
  mark_answers: 'id, batch, source, image_id, answer, answered_by, answered_at, undoes',
  marks: 'id, answer_id, kind, x, y, width, height, runs, origin',
  group_searches: 'id, searched_at, threshold, hint, images, unread, pairs, groups, seconds',
  inspectors: 'id, name, created_at',
  decisions: 'id, hash',
  gate_overrides: 'id, sample_id, kind, decision_id, reasons, scores, made_by, made_at',
  fixed_splits: 'id, image_id, split, given',
  split_locks: 'id, val_share, test_share, seed, locked_at, locked_by_run',
  uplift_verdicts: 'id, plan_id, result, measured_at',
  exports:
    'id, folder, layout, plan, classes, files, manifest_sha256, record_length, record_hash, sums_sha256, created_at',
} as const

export type RecordKind = keyof typeof recordedColumns
export const recordKinds = Object.keys(recordedColumns) as readonly RecordKind[]

/** Rows of one table that were written together. */
export interface RecordedRows {
  readonly kind: RecordKind
  readonly firstId: number
  readonly lastId: number
}

/** One appended entry: that these rows read so when they were written. */
export interface RecordEntry extends RecordedRows {
  readonly id: number
  /** SHA-256 over the rows. */
  readonly digest: string
  /** Null for rows of an older version, which were recorded as they were found. */
  readonly recordedAt: string | null
  /** Hash of the entry before this one; 64 zeros for the first. */
  readonly previousHash: string
  readonly hash: string
}

export const firstPreviousHash = '0'.repeat(64)

const entryColumns = `
  id, kind, first_id AS firstId, last_id AS lastId, digest, recorded_at AS recordedAt, previous_hash AS previousHash, hash`

export const listRecordEntries = (db: Db): RecordEntry[] =>
  selectAll(db, `SELECT ${entryColumns} FROM record ORDER BY id`)

/** The entry with which the record was `length` long. */
export const getRecordEntry = (db: Db, length: number): RecordEntry | undefined =>
  selectOne(db, `SELECT ${entryColumns} FROM record WHERE id = :length`, { length })

export const lastRecordEntry = (db: Db): RecordEntry | undefined =>
  selectOne(db, `SELECT ${entryColumns} FROM record ORDER BY id DESC LIMIT 1`)

/** SHA-256 over everything in the entry but the hash itself. */
export const hashRecordEntry = ({ hash: _hash, ...entry }: RecordEntry): string => sha256Of(canonicalJson({ ...entry }))

/**
 * SHA-256 over the rows as they are now, and how many there are.
 * @param columns those of an older format, for its migrations
 */
export function digestRows(
  db: Db,
  { kind, firstId, lastId }: RecordedRows,
  columns: string = recordedColumns[kind],
): { readonly digest: string; readonly rows: number } {
  const rows = selectAll<Record<string, string | number | null>>(
    db,
    `SELECT ${columns} FROM ${kind} WHERE id BETWEEN :firstId AND :lastId ORDER BY id`,
    { firstId, lastId },
  )
  return { digest: sha256Of(rows.map((row) => `${canonicalJson(row)}\n`).join('')), rows: rows.length }
}

/** Appends an entry about rows that were just written. Call it in the transaction that writes them. */
export function recordRows(
  db: Db,
  {
    kind,
    firstId,
    lastId,
    recordedAt = new Date().toISOString(),
    columns,
  }: RecordedRows & Partial<Pick<RecordEntry, 'recordedAt'>> & { readonly columns?: string },
): void {
  const last = lastRecordEntry(db)
  const entry: RecordEntry = {
    id: (last?.id ?? 0) + 1,
    kind,
    firstId,
    lastId,
    digest: digestRows(db, { kind, firstId, lastId }, columns).digest,
    recordedAt,
    previousHash: last?.hash ?? firstPreviousHash,
    hash: '',
  }
  execute(
    db,
    `INSERT INTO record (id, kind, first_id, last_id, digest, recorded_at, previous_hash, hash)
     VALUES (:id, :kind, :firstId, :lastId, :digest, :recordedAt, :previousHash, :hash)`,
    { ...entry, hash: hashRecordEntry(entry) },
  )
}

/** For tables whose rows come one at a time. */
export const recordRow = (db: Db, kind: RecordKind, id: number): void =>
  recordRows(db, { kind, firstId: id, lastId: id })

const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex')
