import type { Migration } from './migration.ts'

/**
 * Which images show the same part. What a search found can be found again and is no part of the record; that there was one, and how, is.
 * What people decided stands beside it and is explained by the log of changes.
 */
export const groups: Migration = {
  version: 18,
  up: (db) =>
    db.exec(`
      CREATE TABLE group_searches (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        searched_at TEXT NOT NULL,
        threshold REAL NOT NULL,
        -- JSON; null where names of files were not looked at.
        hint TEXT CHECK (hint IS NULL OR json_valid(hint)),
        images INTEGER NOT NULL,
        -- Of which the stored picture could not be read.
        unread INTEGER NOT NULL,
        pairs INTEGER NOT NULL,
        groups INTEGER NOT NULL,
        seconds REAL NOT NULL
      ) STRICT;
      CREATE TRIGGER group_searches_never_change BEFORE UPDATE ON group_searches
        BEGIN SELECT RAISE(ABORT, 'searches for groups are append-only'); END;
      CREATE TRIGGER group_searches_never_vanish BEFORE DELETE ON group_searches
        BEGIN SELECT RAISE(ABORT, 'searches for groups are append-only'); END;
      -- What the last search says of each image it saw.
      CREATE TABLE found_groups (
        image_id INTEGER PRIMARY KEY REFERENCES images (id),
        -- The id of the image that is most like the others of the group; null for an image that is alone.
        middle_id INTEGER,
        correlation REAL,
        orientation TEXT,
        -- What the hint reads in the name of its file.
        part TEXT
      ) STRICT;
      -- The group in which people put it, by the id of one of its images; null where the search decides.
      ALTER TABLE images ADD COLUMN hand_group INTEGER;
    `),
}
