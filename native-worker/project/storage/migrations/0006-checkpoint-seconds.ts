import type { Migration } from './migration.ts'

/** How long a run had trained when it wrote a checkpoint: what is left of its minutes when it continues from there. */
export const checkpointSeconds: Migration = {
  version: 6,
  up: (db) => db.exec('ALTER TABLE checkpoints ADD COLUMN seconds REAL'),
}
