import type { Migration } from './migration.ts'

/** The same file in the folders of several classes: which it belongs to is for a person to say. */
export const labelClaims: Migration = {
  version: 21,
  up: (db) =>
    db.exec(`
      CREATE TABLE label_claims (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        image_id INTEGER NOT NULL REFERENCES images (id),
        import_id INTEGER NOT NULL REFERENCES imports (id),
        -- As the folder of the other file calls it.
        class_name TEXT NOT NULL,
        source_path TEXT NOT NULL,
        claimed_at TEXT NOT NULL,
        -- When somebody has said which class it is.
        settled_at TEXT
      ) STRICT;
      CREATE INDEX label_claims_open ON label_claims (image_id) WHERE settled_at IS NULL;
      CREATE INDEX label_claims_by_image ON label_claims (image_id, class_name, source_path);
    `),
}
