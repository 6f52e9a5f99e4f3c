import type { Migration } from './migration.ts'

/** By which change a conflict of labels was settled: whoever takes that back opens the conflict again. */
export const settledClaims: Migration = {
  version: 24,
  up: (db) =>
    db.exec(`
      -- Null where it is open, and where an older version settled it.
      ALTER TABLE label_claims ADD COLUMN settled_change INTEGER REFERENCES dataset_changes (id);
      CREATE INDEX label_claims_by_change ON label_claims (settled_change) WHERE settled_change IS NOT NULL;
    `),
}
