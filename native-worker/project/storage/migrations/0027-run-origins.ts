import type { Migration } from './migration.ts'

/** Which run of another project a run started from. Part of the record. */
export const runOrigins: Migration = {
  version: 27,
  up: (db) =>
    db.exec(`
      CREATE TABLE run_origins (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        run_id INTEGER NOT NULL UNIQUE REFERENCES runs (id),
        -- JSON: names, numbers and the hash of a run in a project that need not be there any more.
        origin TEXT NOT NULL CHECK (json_valid(origin)),
        -- Of the file in this run's folder that holds its weights.
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64)
      ) STRICT;
      CREATE TRIGGER run_origins_never_change BEFORE UPDATE ON run_origins
        BEGIN SELECT RAISE(ABORT, 'origins are append-only'); END;
      CREATE TRIGGER run_origins_never_vanish BEFORE DELETE ON run_origins
        BEGIN SELECT RAISE(ABORT, 'origins are append-only'); END;
    `),
}
