import type { Migration } from './migration.ts'

/** Where a box of a frame comes from: as the mark of its patches it says so, too. */
export const boxOrigins: Migration = {
  version: 20,
  up: (db) => db.exec("ALTER TABLE frame_boxes ADD COLUMN origin TEXT NOT NULL DEFAULT 'drawn'"),
}
