import type { Migration } from './migration.ts'

/**
 * How candidates compare with the real images. Scores can be computed again and are no part of the record; that a person let a quarantined
 * candidate through is.
 */
export const scores: Migration = {
  version: 23,
  up: (db) =>
    db.exec(`
      -- Against which images, and by which networks, scores were made; the last one counts.
      CREATE TABLE score_references (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        -- SHA-256 over everything that decides them.
        key TEXT NOT NULL,
        made_at TEXT NOT NULL,
        size INTEGER NOT NULL,
        train INTEGER NOT NULL,
        val INTEGER NOT NULL,
        folds INTEGER NOT NULL,
        accuracy REAL
      ) STRICT;
      CREATE TABLE real_scores (
        reference_id INTEGER NOT NULL REFERENCES score_references (id),
        image_id INTEGER NOT NULL REFERENCES images (id),
        class_id INTEGER NOT NULL REFERENCES classes (id),
        -- Null for images of the validation split.
        fold INTEGER,
        name TEXT NOT NULL,
        value REAL NOT NULL,
        PRIMARY KEY (reference_id, image_id, name)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE sample_scores (
        sample_id INTEGER NOT NULL REFERENCES samples (id),
        name TEXT NOT NULL,
        reference_id INTEGER NOT NULL REFERENCES score_references (id),
        value REAL NOT NULL,
        -- The nearest real image, of distances.
        image_id INTEGER REFERENCES images (id),
        -- What the networks call it, of the agreement.
        class_id INTEGER REFERENCES classes (id),
        PRIMARY KEY (sample_id, name)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE run_differences (
        run_id INTEGER NOT NULL REFERENCES runs (id),
        class_id INTEGER NOT NULL REFERENCES classes (id),
        reference_id INTEGER NOT NULL REFERENCES score_references (id),
        auc REAL,
        floor REAL,
        real_images INTEGER NOT NULL,
        synthetic_images INTEGER NOT NULL,
        PRIMARY KEY (run_id, class_id)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE gate_shares (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        copy REAL NOT NULL,
        too_far REAL NOT NULL,
        disagreement REAL NOT NULL
      ) STRICT;
      -- What the gate says now: JSON, null where it has nothing to say.
      ALTER TABLE samples ADD COLUMN gate TEXT CHECK (gate IS NULL OR json_valid(gate));
      -- 1 where a person has let it into the queue.
      ALTER TABLE samples ADD COLUMN released INTEGER NOT NULL DEFAULT 0 CHECK (released IN (0, 1));
      ALTER TABLE samples ADD COLUMN quality REAL;
      ALTER TABLE samples ADD COLUMN doubt REAL;
      CREATE INDEX samples_quarantined ON samples (class_id, run_id)
        WHERE gate IS NOT NULL AND released = 0 AND state = 'pending';
      -- A person let a candidate through that the gate had held back: into the queue, or by accepting it.
      CREATE TABLE gate_overrides (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        sample_id INTEGER NOT NULL REFERENCES samples (id),
        kind TEXT NOT NULL CHECK (kind IN ('released', 'accepted')),
        -- The decision that accepts it.
        decision_id INTEGER REFERENCES decisions (id),
        -- What the gate said, and the scores it said it by.
        reasons TEXT NOT NULL CHECK (json_valid(reasons)),
        scores TEXT NOT NULL CHECK (json_valid(scores)),
        made_by TEXT NOT NULL,
        made_at TEXT NOT NULL,
        CHECK ((kind = 'accepted') = (decision_id IS NOT NULL))
      ) STRICT;
      CREATE INDEX gate_overrides_by_sample ON gate_overrides (sample_id, id);
      CREATE TRIGGER gate_overrides_never_change BEFORE UPDATE ON gate_overrides
        BEGIN SELECT RAISE(ABORT, 'what people let through is append-only'); END;
      CREATE TRIGGER gate_overrides_never_vanish BEFORE DELETE ON gate_overrides
        BEGIN SELECT RAISE(ABORT, 'what people let through is append-only'); END;
    `),
}
