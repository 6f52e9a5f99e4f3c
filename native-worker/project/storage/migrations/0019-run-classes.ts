import type { Migration } from './migration.ts'

/** Which classes a run learned, whatever they are called by now. */
export const runClasses: Migration = {
  version: 19,
  // Until now nothing could rename a class: its name says which it was.
  up: (db) =>
    db.exec(`
      ALTER TABLE runs ADD COLUMN class_ids TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(class_ids));
      UPDATE runs SET class_ids = COALESCE(
        (SELECT json_group_array(id) FROM (
           SELECT c.id FROM json_each(runs.class_names) n LEFT JOIN classes c ON c.imported_name = n.value ORDER BY n.key
         )), '[]');
    `),
}
