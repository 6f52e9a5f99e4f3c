import type { Migration } from './migration.ts'

/** What a run learns from, as it was when the run was started: the hash of its list of images, and of the set packed from them. */
export const trainingDataHashes: Migration = {
  version: 10,
  up: (db) =>
    db.exec(`
      ALTER TABLE runs ADD COLUMN image_list_sha256 TEXT CHECK (length(image_list_sha256) = 64);
      ALTER TABLE runs ADD COLUMN set_sha256 TEXT CHECK (length(set_sha256) = 64);
    `),
}
