import type { Migration } from './migration.ts'

/** Figures about the candidates of runs are kept, so that runs can be compared. They can be measured again and are no part of the record. */
export const runFigures: Migration = {
  version: 28,
  up: (db) =>
    db.exec(`
      CREATE TABLE run_figures (
        run_id INTEGER NOT NULL REFERENCES runs (id),
        class_id INTEGER NOT NULL REFERENCES classes (id),
        reference_id INTEGER NOT NULL REFERENCES score_references (id),
        name TEXT NOT NULL,
        -- Null where it could not be measured, for too few images.
        value REAL,
        floor REAL,
        real_images INTEGER NOT NULL,
        synthetic_images INTEGER NOT NULL,
        needed INTEGER NOT NULL,
        PRIMARY KEY (run_id, class_id, name)
      ) STRICT, WITHOUT ROWID;
    `),
}
