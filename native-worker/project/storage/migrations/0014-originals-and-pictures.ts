import { selectRow } from '../query.ts'
import { recordRows } from '../record.ts'
import type { Migration } from './migration.ts'

const rowsInAnEntry = 10_000

/**
 * The files that images come from, and every picture that was ever derived of one: which part of the file it shows, how it became
 * square and grey, and at which size. What images have already is recorded as it is found, without a time.
 */
export const originalsAndPictures: Migration = {
  version: 14,
  up: (db) => {
    db.exec(`
      CREATE TABLE originals (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
        size_bytes INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('png', 'jpeg', 'bmp', 'tiff', 'webp', 'gif')),
        -- Every reader of class folders sees the file as its picture shows it.
        plain INTEGER NOT NULL CHECK (plain IN (0, 1)),
        -- 1 where its bytes lie in the project; 0 where it is only known where they were, on the machine that imported them.
        kept INTEGER NOT NULL CHECK (kept IN (0, 1)),
        path TEXT CHECK ((path IS NULL) = (kept = 1))
      ) STRICT;

      CREATE TABLE pictures (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        image_id INTEGER NOT NULL REFERENCES images (id),
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        size_bytes INTEGER NOT NULL,
        -- Pixels an edge.
        size INTEGER NOT NULL,
        fit TEXT NOT NULL CHECK (fit IN ('crop', 'letterbox', 'stretch')),
        rect_x INTEGER NOT NULL,
        rect_y INTEGER NOT NULL,
        rect_width INTEGER NOT NULL,
        rect_height INTEGER NOT NULL,
        grey_low INTEGER,
        grey_high INTEGER,
        page INTEGER NOT NULL,
        frame INTEGER NOT NULL CHECK (frame IN (0, 1))
      ) STRICT;
      CREATE INDEX pictures_by_image ON pictures (image_id, id);
      CREATE INDEX pictures_by_hash ON pictures (sha256);
      CREATE TRIGGER pictures_never_change BEFORE UPDATE ON pictures
        BEGIN SELECT RAISE(ABORT, 'what was derived from an image is append-only'); END;
      CREATE TRIGGER pictures_never_vanish BEFORE DELETE ON pictures
        BEGIN SELECT RAISE(ABORT, 'what was derived from an image is append-only'); END;
      INSERT INTO pictures (image_id, sha256, size_bytes, size, fit, rect_x, rect_y, rect_width, rect_height,
                            grey_low, grey_high, page, frame)
        SELECT id, sha256, size_bytes, COALESCE((SELECT size FROM project), 0), fit, rect_x, rect_y, rect_width, rect_height,
               grey_low, grey_high, page, frame
        FROM images ORDER BY id;

      -- A run belongs to the size that it learned at, whatever the project's is later.
      ALTER TABLE runs ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
      UPDATE runs SET size = COALESCE((SELECT size FROM project), 0);
      CREATE TRIGGER runs_keep_their_size BEFORE UPDATE OF size ON runs WHEN OLD.size <> NEW.size
        BEGIN SELECT RAISE(ABORT, 'a run keeps the size that it learned at'); END;
    `)
    const { newest } = selectRow<{ newest: number }>(db, 'SELECT COALESCE(MAX(id), 0) AS newest FROM pictures')
    for (let firstId = 1; firstId <= newest; firstId += rowsInAnEntry)
      recordRows(db, {
        kind: 'pictures',
        firstId,
        lastId: Math.min(newest, firstId + rowsInAnEntry - 1),
        recordedAt: null,
      })
  },
}
