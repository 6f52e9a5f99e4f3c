import type { Migration } from './migration.ts'

/** Where a recipe that moves defects put one. Not in the record: checkpoint, class and seed make the same picture and mask again. */
export const sampleMasks: Migration = {
  version: 22,
  up: (db) =>
    db.exec(`
      CREATE TABLE sample_masks (
        sample_id INTEGER PRIMARY KEY REFERENCES samples (id),
        -- JSON: so many pixels outside, so many inside, in turn, row by row of the sample.
        runs TEXT NOT NULL
      ) STRICT;
    `),
}
