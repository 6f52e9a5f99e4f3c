import type { Migration } from './migration.ts'

/** How an import read its folder; null for those of older versions, which knew one way, and for frames. */
export const importLayouts: Migration = {
  version: 16,
  up: (db) =>
    db.exec(`
      ALTER TABLE imports ADD COLUMN layout TEXT;
      ALTER TABLE imports ADD COLUMN root TEXT;
      ALTER TABLE imports ADD COLUMN level INTEGER;
    `),
}
