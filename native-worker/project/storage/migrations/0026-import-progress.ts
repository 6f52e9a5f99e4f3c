import type { Migration } from './migration.ts'

/** How far an import of a folder came, so that one that was cut off is told from one that ended. */
export const importProgress: Migration = {
  version: 26,
  up: (db) =>
    db.exec(`
      -- Null for imports of older versions, and where patches were cut.
      ALTER TABLE imports ADD COLUMN files INTEGER;
      ALTER TABLE imports ADD COLUMN files_done INTEGER;
    `),
}
