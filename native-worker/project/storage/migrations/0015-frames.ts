import type { Migration } from './migration.ts'

/** Large frames, and the boxes on them around which patches are cut. */
export const frames: Migration = {
  version: 15,
  up: (db) =>
    db.exec(`
      CREATE TABLE frames (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        -- Of the file's bytes, which the project keeps under this name.
        source_sha256 TEXT NOT NULL UNIQUE REFERENCES originals (sha256),
        -- Where it was chosen, and its path in that folder.
        folder TEXT NOT NULL,
        name TEXT NOT NULL,
        -- Upright.
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        -- Whether the list shows it; what was cut out of it stays.
        listed INTEGER NOT NULL DEFAULT 1 CHECK (listed IN (0, 1)),
        added_at TEXT NOT NULL
      ) STRICT;
      -- As they are now: what was cut is in the images.
      CREATE TABLE frame_boxes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        frame_id INTEGER NOT NULL REFERENCES frames (id),
        class_id INTEGER NOT NULL REFERENCES classes (id),
        x INTEGER NOT NULL,
        y INTEGER NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX frame_boxes_by_frame ON frame_boxes (frame_id, id);
    `),
}
