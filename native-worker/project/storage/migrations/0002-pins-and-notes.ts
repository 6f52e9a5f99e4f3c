import type { Migration } from './migration.ts'

/** Checkpoints that are kept for good, and the engineer's words about a run. */
export const pinsAndNotes: Migration = {
  version: 2,
  up: (db) =>
    db.exec(`
      ALTER TABLE checkpoints ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1));
      ALTER TABLE runs ADD COLUMN note TEXT NOT NULL DEFAULT '';
    `),
}
