import { recordRows } from '../record.ts'
import { selectRow } from '../query.ts'
import type { Migration } from './migration.ts'

const rowsInAnEntry = 10_000

/** The tables there were, and the columns of those that have changed since. */
const kinds = {
  project: 'id, name, size, channels, is_sample, created_at',
  classes: 'id, name, created_at',
  imports: undefined,
  images:
    'id, class_id, import_id, sha256, size_bytes, source_path, source_width, source_height, source_sha256, created_at',
  runs: undefined,
  samples: undefined,
  inspectors: undefined,
  decisions: undefined,
  exports: undefined,
} as const

/**
 * The record: a chain of entries about everything that never changes once written, and decisions that hold what they
 * decided on. What an older version wrote is recorded as it is found, without a time, so that a project which is only looked
 * at has the very record that it gets when it is opened; its decisions keep their form of hash.
 */
export const theRecord: Migration = {
  version: 9,
  up: (db) => {
    db.exec(`
      CREATE TABLE record (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        first_id INTEGER NOT NULL,
        last_id INTEGER NOT NULL,
        digest TEXT NOT NULL CHECK (length(digest) = 64),
        recorded_at TEXT,
        previous_hash TEXT NOT NULL,
        hash TEXT NOT NULL UNIQUE
      ) STRICT;
      CREATE TRIGGER record_never_changes BEFORE UPDATE ON record
        BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
      CREATE TRIGGER record_never_vanishes BEFORE DELETE ON record
        BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;

      -- Null for samples drawn before this was recorded: a checkpoint of that step need not be the same one.
      ALTER TABLE samples ADD COLUMN checkpoint_sha256 TEXT;

      ALTER TABLE decisions ADD COLUMN format INTEGER NOT NULL DEFAULT 1 CHECK (format IN (1, 2));
      ALTER TABLE decisions ADD COLUMN class_id INTEGER;
      ALTER TABLE decisions ADD COLUMN class_name TEXT;
      ALTER TABLE decisions ADD COLUMN run_id INTEGER;
      ALTER TABLE decisions ADD COLUMN seed INTEGER;
      ALTER TABLE decisions ADD COLUMN checkpoint_step INTEGER;
      ALTER TABLE decisions ADD COLUMN checkpoint_sha256 TEXT;
      ALTER TABLE decisions ADD COLUMN parameters_sha256 TEXT;

      -- Of the SHA256SUMS of an export: with it, of every file of the export.
      ALTER TABLE exports ADD COLUMN sums_sha256 TEXT;
    `)
    for (const [kind, columns] of Object.entries(kinds) as [keyof typeof kinds, string | undefined][]) {
      const { newest } = selectRow<{ newest: number }>(db, `SELECT COALESCE(MAX(id), 0) AS newest FROM ${kind}`)
      for (let firstId = 1; firstId <= newest; firstId += rowsInAnEntry)
        recordRows(db, {
          kind,
          firstId,
          lastId: Math.min(newest, firstId + rowsInAnEntry - 1),
          recordedAt: null,
          ...(columns === undefined ? {} : { columns }),
        })
    }
  },
}
