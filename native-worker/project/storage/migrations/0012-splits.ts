import type { Migration } from './migration.ts'

/** Splits belong to the images before anything learns. Runs of before then have learned from all of them. */
export const splits: Migration = {
  version: 12,
  up: (db) =>
    db.exec(`
      CREATE TABLE splits (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        val_share REAL NOT NULL,
        test_share REAL NOT NULL,
        seed INTEGER NOT NULL
      ) STRICT;
      INSERT INTO splits (id, val_share, test_share, seed) VALUES (1, 0.15, 0.15, 1);
      -- One row, written when the splits are locked: as they are then, they stay.
      CREATE TABLE split_locks (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        val_share REAL NOT NULL,
        test_share REAL NOT NULL,
        seed INTEGER NOT NULL,
        locked_at TEXT NOT NULL,
        locked_by_run INTEGER REFERENCES runs (id)
      ) STRICT;
      CREATE TRIGGER split_locks_never_change BEFORE UPDATE ON split_locks
        BEGIN SELECT RAISE(ABORT, 'locked splits never change'); END;
      CREATE TRIGGER split_locks_never_vanish BEFORE DELETE ON split_locks
        BEGIN SELECT RAISE(ABORT, 'locked splits never change'); END;
      -- Written when the splits are locked and for every image that comes later; never changed.
      CREATE TABLE fixed_splits (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        image_id INTEGER NOT NULL UNIQUE REFERENCES images (id),
        split TEXT NOT NULL CHECK (split IN ('train', 'val', 'test')),
        given INTEGER NOT NULL CHECK (given IN (0, 1))
      ) STRICT;
      CREATE TRIGGER fixed_splits_never_change BEFORE UPDATE ON fixed_splits
        BEGIN SELECT RAISE(ABORT, 'locked splits never change'); END;
      CREATE TRIGGER fixed_splits_never_vanish BEFORE DELETE ON fixed_splits
        BEGIN SELECT RAISE(ABORT, 'locked splits never change'); END;
      ALTER TABLE images ADD COLUMN split_given INTEGER NOT NULL DEFAULT 0 CHECK (split_given IN (0, 1));
      CREATE INDEX images_by_split ON images (class_id, state, split, id);
      ALTER TABLE runs ADD COLUMN learned_from TEXT NOT NULL DEFAULT 'all' CHECK (learned_from IN ('train', 'all'));
    `),
}
