import type { Migration } from './migration.ts'

/** A random id, by which a machine knows a project again; a copy has the same one, and lies elsewhere. */
export const projectIdentity: Migration = {
  version: 11,
  up: (db) =>
    db.exec(`
      ALTER TABLE project ADD COLUMN uid TEXT CHECK (length(uid) = 32);
      UPDATE project SET uid = lower(hex(randomblob(16)));
    `),
}
