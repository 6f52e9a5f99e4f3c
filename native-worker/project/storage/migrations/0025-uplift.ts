import type { Migration } from './migration.ts'

/** Whether anything synthetic helps, as it was measured. Verdicts are part of the record; single trainings are kept to go on from. */
export const uplift: Migration = {
  version: 25,
  up: (db) =>
    db.exec(`
      -- A measurement that was asked for, by everything that decides it; asked for again it goes on.
      CREATE TABLE uplift_plans (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
        wish TEXT NOT NULL CHECK (json_valid(wish)),
        -- JSON, once chosen: time has a say in it.
        chosen TEXT CHECK (chosen IS NULL OR json_valid(chosen)),
        created_at TEXT NOT NULL
      ) STRICT;
      CREATE TABLE uplift_cells (
        key TEXT PRIMARY KEY CHECK (length(key) = 64),
        plan_id INTEGER NOT NULL REFERENCES uplift_plans (id),
        -- JSON: class index of every judged image.
        predicted TEXT NOT NULL CHECK (json_valid(predicted)),
        seconds REAL NOT NULL,
        measured_at TEXT NOT NULL
      ) STRICT;
      CREATE INDEX uplift_cells_by_plan ON uplift_cells (plan_id);
      CREATE TABLE uplift_verdicts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        plan_id INTEGER NOT NULL REFERENCES uplift_plans (id),
        result TEXT NOT NULL CHECK (json_valid(result)),
        measured_at TEXT NOT NULL
      ) STRICT;
      CREATE TRIGGER uplift_verdicts_never_change BEFORE UPDATE ON uplift_verdicts
        BEGIN SELECT RAISE(ABORT, 'verdicts are append-only'); END;
      CREATE TRIGGER uplift_verdicts_never_vanish BEFORE DELETE ON uplift_verdicts
        BEGIN SELECT RAISE(ABORT, 'verdicts are append-only'); END;
    `),
}
