import type { Migration } from './migration.ts'

/** The best checkpoint of a run, and runs that end because they no longer gain. */
export const bestAndPlateau: Migration = {
  version: 3,
  // A check cannot be changed in place: the column is made anew under another name and takes the old one's.
  up: (db) =>
    db.exec(`
      ALTER TABLE checkpoints ADD COLUMN best INTEGER NOT NULL DEFAULT 0 CHECK (best IN (0, 1));
      ALTER TABLE runs ADD COLUMN ended_how TEXT
        CHECK (ended_how IN ('steps', 'minutes', 'plateau', 'stopped', 'diverged', 'died', 'failed'));
      UPDATE runs SET ended_how = ended_by;
      ALTER TABLE runs DROP COLUMN ended_by;
      ALTER TABLE runs RENAME COLUMN ended_how TO ended_by;
    `),
}
