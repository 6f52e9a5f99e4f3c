import type { Migration } from './migration.ts'

/**
 * What people may change of a data set stands beside what was imported: the label, the picture and the size of today, and those
 * of the import, which the record holds. Every change is appended to a log.
 */
export const whatIsAndWhatWas: Migration = {
  version: 13,
  // Pictures were unique; now files are, and different files may look the same once fitted. A constraint cannot be taken back: the table
  // is made anew, and with it the one that refers to it. Where an older picture lies in its file follows from the way it was fitted.
  up: (db) =>
    db.exec(`
      CREATE TEMP TABLE kept_splits AS SELECT * FROM fixed_splits;
      CREATE TEMP TABLE kept_images AS SELECT * FROM images;
      DROP TABLE fixed_splits;
      DROP TABLE images;
      CREATE TABLE images (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        imported_class_id INTEGER NOT NULL REFERENCES classes (id),
        class_id INTEGER NOT NULL REFERENCES classes (id),
        import_id INTEGER REFERENCES imports (id),
        imported_sha256 TEXT NOT NULL CHECK (length(imported_sha256) = 64),
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        imported_size_bytes INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        source_path TEXT NOT NULL,
        -- Pixels of the source when it stands upright.
        source_width INTEGER NOT NULL,
        source_height INTEGER NOT NULL,
        source_sha256 TEXT NOT NULL CHECK (length(source_sha256) = 64),
        fit TEXT NOT NULL CHECK (fit IN ('crop', 'letterbox', 'stretch')),
        -- What of the upright source the picture shows.
        rect_x INTEGER NOT NULL,
        rect_y INTEGER NOT NULL,
        rect_width INTEGER NOT NULL,
        rect_height INTEGER NOT NULL,
        -- The source values that became 0 and 255; null where they were 0 and 255.
        grey_low INTEGER,
        grey_high INTEGER,
        -- Of a file that holds several, from 0.
        page INTEGER NOT NULL DEFAULT 0,
        -- 1 for a patch that was cut out of a larger frame.
        frame INTEGER NOT NULL DEFAULT 0 CHECK (frame IN (0, 1)),
        state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'excluded')),
        group_id INTEGER,
        split TEXT CHECK (split IN ('train', 'val', 'test')),
        split_given INTEGER NOT NULL DEFAULT 0 CHECK (split_given IN (0, 1)),
        created_at TEXT NOT NULL
      ) STRICT;
      INSERT INTO images (id, imported_class_id, class_id, import_id, imported_sha256, sha256, imported_size_bytes, size_bytes,
                          source_path, source_width, source_height, source_sha256, fit, rect_x, rect_y, rect_width, rect_height,
                          state, group_id, split, split_given, created_at)
        SELECT i.id, class_id, class_id, import_id, sha256, sha256, size_bytes, size_bytes,
               source_path, source_width, source_height, source_sha256, fit,
               iif(fit = 'crop', (source_width - min(source_width, source_height)) / 2, 0),
               iif(fit = 'crop', (source_height - min(source_width, source_height)) / 2, 0),
               iif(fit = 'crop', min(source_width, source_height), source_width),
               iif(fit = 'crop', min(source_width, source_height), source_height),
               state, group_id, split, split_given, created_at
        FROM (SELECT k.*, COALESCE(m.fit, 'crop') AS fit FROM temp.kept_images k LEFT JOIN imports m ON m.id = k.import_id) i ORDER BY i.id;
      CREATE INDEX images_by_split ON images (class_id, state, split, id);
      CREATE INDEX images_by_class ON images (class_id, state, id);
      CREATE INDEX images_by_hash ON images (sha256);
      CREATE INDEX images_by_source ON images (source_sha256, state);
      CREATE INDEX images_by_group ON images (group_id) WHERE group_id IS NOT NULL;
      CREATE INDEX images_by_import ON images (import_id, id);
      -- Written when the splits are locked and for every image that comes later; never changed.
      CREATE TABLE fixed_splits (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        image_id INTEGER NOT NULL UNIQUE REFERENCES images (id),
        split TEXT NOT NULL CHECK (split IN ('train', 'val', 'test')),
        given INTEGER NOT NULL CHECK (given IN (0, 1))
      ) STRICT;
      INSERT INTO fixed_splits (id, image_id, split, given) SELECT id, image_id, split, given FROM temp.kept_splits ORDER BY id;
      CREATE TRIGGER fixed_splits_never_change BEFORE UPDATE ON fixed_splits
        BEGIN SELECT RAISE(ABORT, 'locked splits never change'); END;
      CREATE TRIGGER fixed_splits_never_vanish BEFORE DELETE ON fixed_splits
        BEGIN SELECT RAISE(ABORT, 'locked splits never change'); END;
      DROP TABLE temp.kept_splits;
      DROP TABLE temp.kept_images;

      ALTER TABLE classes ADD COLUMN imported_name TEXT NOT NULL DEFAULT '';
      UPDATE classes SET imported_name = name;
      ALTER TABLE classes ADD COLUMN state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'removed'));
      ALTER TABLE classes ADD COLUMN merged_into INTEGER REFERENCES classes (id);
      -- Stays in the project, but neither trains nor is exported.
      ALTER TABLE classes ADD COLUMN left_out INTEGER NOT NULL DEFAULT 0 CHECK (left_out IN (0, 1));
      ALTER TABLE classes ADD COLUMN free_of_defects INTEGER NOT NULL DEFAULT 0 CHECK (free_of_defects IN (0, 1));
      CREATE UNIQUE INDEX one_class_free_of_defects ON classes (free_of_defects) WHERE free_of_defects = 1;

      ALTER TABLE project ADD COLUMN first_size INTEGER NOT NULL DEFAULT 0;
      UPDATE project SET first_size = size;

      CREATE TABLE dataset_changes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        -- The id of the first change of the call that made this one: undo takes them back together.
        batch INTEGER NOT NULL,
        kind TEXT NOT NULL,
        image_id INTEGER REFERENCES images (id),
        class_id INTEGER REFERENCES classes (id),
        import_id INTEGER REFERENCES imports (id),
        before TEXT NOT NULL CHECK (json_valid(before)),
        after TEXT NOT NULL CHECK (json_valid(after)),
        changed_by TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        undoes INTEGER REFERENCES dataset_changes (id)
      ) STRICT;
      CREATE INDEX dataset_changes_by_image ON dataset_changes (image_id, id) WHERE image_id IS NOT NULL;
      CREATE INDEX dataset_changes_by_class ON dataset_changes (class_id, id) WHERE class_id IS NOT NULL;
      CREATE INDEX dataset_changes_by_batch ON dataset_changes (batch);
      CREATE UNIQUE INDEX dataset_changes_undone ON dataset_changes (undoes) WHERE undoes IS NOT NULL;
      CREATE TRIGGER dataset_changes_never_change BEFORE UPDATE ON dataset_changes
        BEGIN SELECT RAISE(ABORT, 'changes of the data set are append-only'); END;
      CREATE TRIGGER dataset_changes_never_vanish BEFORE DELETE ON dataset_changes
        BEGIN SELECT RAISE(ABORT, 'changes of the data set are append-only'); END;
    `),
}
