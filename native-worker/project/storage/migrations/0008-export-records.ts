import type { Migration } from './migration.ts'

/** The end of the decision record that an export carries; exports of earlier versions carry none. */
export const exportRecords: Migration = {
  version: 8,
  up: (db) =>
    db.exec(`
      ALTER TABLE exports ADD COLUMN record_length INTEGER;
      ALTER TABLE exports ADD COLUMN record_hash TEXT CHECK (length(record_hash) = 64);
    `),
}
