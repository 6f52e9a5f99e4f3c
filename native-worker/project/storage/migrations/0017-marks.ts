import type { Migration } from './migration.ts'

/** Where defects lie. What is said about an image is appended whole, and so is what takes it back. */
export const marks: Migration = {
  version: 17,
  up: (db) =>
    db.exec(`
      CREATE TABLE mark_answers (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        -- The id of the first answer of the call that made this one: undo takes them back together.
        batch INTEGER NOT NULL,
        -- Where the answers of a batch come from.
        source TEXT NOT NULL CHECK (source IN ('hand', 'import')),
        image_id INTEGER NOT NULL REFERENCES images (id),
        -- After an undo: what stands again.
        answer TEXT NOT NULL CHECK (answer IN ('marked', 'none', 'open')),
        answered_by TEXT NOT NULL,
        answered_at TEXT NOT NULL,
        undoes INTEGER REFERENCES mark_answers (id)
      ) STRICT;
      CREATE INDEX mark_answers_by_image ON mark_answers (image_id, id);
      CREATE INDEX mark_answers_by_batch ON mark_answers (batch);
      CREATE UNIQUE INDEX mark_answers_undone ON mark_answers (undoes) WHERE undoes IS NOT NULL;
      CREATE TRIGGER mark_answers_never_change BEFORE UPDATE ON mark_answers
        BEGIN SELECT RAISE(ABORT, 'marks are append-only'); END;
      CREATE TRIGGER mark_answers_never_vanish BEFORE DELETE ON mark_answers
        BEGIN SELECT RAISE(ABORT, 'marks are append-only'); END;
      CREATE TABLE marks (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        answer_id INTEGER NOT NULL REFERENCES mark_answers (id),
        kind TEXT NOT NULL CHECK (kind IN ('rectangle', 'mask')),
        -- Pixels of the source when it stands upright.
        x INTEGER NOT NULL,
        y INTEGER NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        -- Of a mask, row by row in its rectangle: outside, inside, outside … in turn.
        runs TEXT CHECK (runs IS NULL OR json_valid(runs)),
        origin TEXT NOT NULL,
        CHECK ((kind = 'mask') = (runs IS NOT NULL))
      ) STRICT;
      CREATE INDEX marks_by_answer ON marks (answer_id, id);
      CREATE TRIGGER marks_never_change BEFORE UPDATE ON marks
        BEGIN SELECT RAISE(ABORT, 'marks are append-only'); END;
      CREATE TRIGGER marks_never_vanish BEFORE DELETE ON marks
        BEGIN SELECT RAISE(ABORT, 'marks are append-only'); END;
      -- The answers that stand, at most one an image: the last that was not taken back.
      CREATE VIEW standing_mark_answers AS
        SELECT a.image_id, MAX(a.id) AS id, a.answer
        FROM mark_answers a
        WHERE a.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM mark_answers u WHERE u.undoes = a.id)
        GROUP BY a.image_id;
    `),
}
