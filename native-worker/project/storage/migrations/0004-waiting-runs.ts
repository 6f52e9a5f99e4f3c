import type { Migration } from './migration.ts'

/** Runs that wait for the schedule, which outlives the process, and the checkpoint a waiting run goes on from. */
export const waitingRuns: Migration = {
  version: 4,
  up: (db) =>
    db.exec(`
      ALTER TABLE runs ADD COLUMN waits_for TEXT CHECK (waits_for IN ('mains', 'hours'));
      ALTER TABLE runs ADD COLUMN continue_from INTEGER;
    `),
}
