import type { Migration } from './migration.ts'

/** The first tables: dataset, runs, samples, decisions, exports. */
export const first: Migration = {
  version: 1,
  up: (db) =>
    db.exec(`
      CREATE TABLE project (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        name TEXT NOT NULL,
        size INTEGER NOT NULL,
        channels INTEGER NOT NULL CHECK (channels IN (1, 3)),
        is_sample INTEGER NOT NULL CHECK (is_sample IN (0, 1)),
        created_at TEXT NOT NULL
      ) STRICT;

      CREATE TABLE classes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        created_at TEXT NOT NULL
      ) STRICT;

      CREATE TABLE imports (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        folder TEXT NOT NULL,
        fit TEXT NOT NULL,
        started_at TEXT NOT NULL,
        finished_at TEXT,
        report TEXT CHECK (report IS NULL OR json_valid(report))
      ) STRICT;

      CREATE TABLE images (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        class_id INTEGER NOT NULL REFERENCES classes (id),
        import_id INTEGER REFERENCES imports (id),
        sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
        size_bytes INTEGER NOT NULL,
        source_path TEXT NOT NULL,
        source_width INTEGER NOT NULL,
        source_height INTEGER NOT NULL,
        source_sha256 TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'excluded')),
        group_id INTEGER,
        split TEXT CHECK (split IN ('train', 'val', 'test')),
        created_at TEXT NOT NULL
      ) STRICT;
      CREATE INDEX images_by_class ON images (class_id, state, id);

      CREATE TABLE runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        recipe TEXT NOT NULL,
        class_id INTEGER REFERENCES classes (id),
        status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'finished', 'stopped', 'interrupted', 'failed')),
        engine TEXT NOT NULL,
        seed INTEGER NOT NULL,
        parameters TEXT NOT NULL CHECK (json_valid(parameters)),
        versions TEXT NOT NULL CHECK (json_valid(versions)),
        class_names TEXT NOT NULL CHECK (json_valid(class_names)),
        dataset_size INTEGER NOT NULL,
        target_steps INTEGER,
        target_minutes REAL,
        step INTEGER NOT NULL DEFAULT 0,
        seconds REAL NOT NULL DEFAULT 0,
        steps_per_second REAL,
        last_losses TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(last_losses)),
        created_at TEXT NOT NULL,
        ended_at TEXT,
        ended_by TEXT CHECK (ended_by IN ('steps', 'minutes', 'stopped', 'diverged', 'died', 'failed')),
        message TEXT
      ) STRICT;
      CREATE INDEX runs_by_status ON runs (status);

      CREATE TABLE metrics (
        run_id INTEGER NOT NULL REFERENCES runs (id),
        step INTEGER NOT NULL,
        name TEXT NOT NULL,
        value REAL,
        PRIMARY KEY (run_id, step, name)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE snapshots (
        run_id INTEGER NOT NULL REFERENCES runs (id),
        step INTEGER NOT NULL,
        sheet TEXT NOT NULL CHECK (length(sheet) = 64),
        sheet_rows INTEGER NOT NULL,
        sheet_columns INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        PRIMARY KEY (run_id, step)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE checkpoints (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        run_id INTEGER NOT NULL REFERENCES runs (id),
        step INTEGER NOT NULL,
        file TEXT NOT NULL,
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        created_at TEXT NOT NULL,
        UNIQUE (run_id, step)
      ) STRICT;

      CREATE TABLE inspectors (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        created_at TEXT NOT NULL
      ) STRICT;

      CREATE TABLE samples (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        run_id INTEGER NOT NULL REFERENCES runs (id),
        checkpoint_step INTEGER NOT NULL,
        class_id INTEGER NOT NULL REFERENCES classes (id),
        seed INTEGER NOT NULL,
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        scores TEXT CHECK (scores IS NULL OR json_valid(scores)),
        -- What the decisions say, kept beside the sample for quick lists; verify compares the two.
        state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'accepted', 'rejected')),
        reason TEXT,
        decision_id INTEGER REFERENCES decisions (id),
        created_at TEXT NOT NULL,
        UNIQUE (run_id, checkpoint_step, class_id, seed)
      ) STRICT;
      CREATE INDEX samples_by_class ON samples (class_id, state, id);
      CREATE INDEX samples_by_state ON samples (state, id);
      CREATE INDEX samples_by_run ON samples (run_id, class_id, state, id);
      CREATE INDEX samples_by_hash ON samples (sha256);

      CREATE TABLE decisions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        -- The id of the first decision of the call that made this one: undo takes them back together.
        batch INTEGER NOT NULL,
        sample_id INTEGER NOT NULL REFERENCES samples (id),
        sample_sha256 TEXT NOT NULL,
        inspector_id INTEGER NOT NULL REFERENCES inspectors (id),
        inspector_name TEXT NOT NULL,
        action TEXT NOT NULL CHECK (action IN ('accept', 'reject', 'undo')),
        reason TEXT,
        previous_state TEXT NOT NULL,
        previous_reason TEXT,
        undoes INTEGER REFERENCES decisions (id),
        decided_at TEXT NOT NULL,
        previous_hash TEXT NOT NULL,
        hash TEXT NOT NULL UNIQUE,
        CHECK ((action = 'undo') = (undoes IS NOT NULL))
      ) STRICT;
      CREATE INDEX decisions_by_sample ON decisions (sample_id, id);
      CREATE INDEX decisions_by_inspector ON decisions (inspector_id, id);
      CREATE INDEX decisions_by_batch ON decisions (batch);
      CREATE UNIQUE INDEX decisions_undone ON decisions (undoes) WHERE undoes IS NOT NULL;
      CREATE TRIGGER decisions_never_change BEFORE UPDATE ON decisions
        BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
      CREATE TRIGGER decisions_never_vanish BEFORE DELETE ON decisions
        BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;

      CREATE TABLE exports (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        folder TEXT NOT NULL,
        layout TEXT NOT NULL,
        plan TEXT NOT NULL CHECK (json_valid(plan)),
        classes TEXT NOT NULL CHECK (json_valid(classes)),
        files INTEGER NOT NULL,
        manifest_sha256 TEXT NOT NULL,
        created_at TEXT NOT NULL
      ) STRICT;
    `),
}
