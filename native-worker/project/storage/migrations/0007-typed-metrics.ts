import type { Migration } from './migration.ts'

/** A metric says which class it is of in a column of its own, and rollbacks are records instead of a metric. */
export const typedMetrics: Migration = {
  version: 7,
  // Until now a metric of a class was named `coverage:pit`, and a rollback was one named `rollback` at the step gone back to, whose
  // value was the number of steps lost. A key cannot be changed in place: the table is made anew.
  up: (db) =>
    db.exec(`
      CREATE TABLE rollbacks (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        run_id INTEGER NOT NULL REFERENCES runs (id),
        step INTEGER NOT NULL,
        to_step INTEGER NOT NULL,
        quantity TEXT,
        value REAL
      ) STRICT;
      CREATE INDEX rollbacks_by_run ON rollbacks (run_id, id);
      INSERT INTO rollbacks (run_id, step, to_step)
        SELECT run_id, step + CAST(value AS INTEGER), step FROM metrics WHERE name = 'rollback' ORDER BY run_id, step;

      CREATE TABLE typed_metrics (
        run_id INTEGER NOT NULL REFERENCES runs (id),
        step INTEGER NOT NULL,
        name TEXT NOT NULL,
        -- Empty for the run as a whole.
        class_name TEXT NOT NULL,
        value REAL,
        PRIMARY KEY (run_id, step, name, class_name)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO typed_metrics (run_id, step, name, class_name, value)
        SELECT run_id, step, iif(instr(name, ':') = 0, name, substr(name, 1, instr(name, ':') - 1)),
          iif(instr(name, ':') = 0, '', substr(name, instr(name, ':') + 1)), value
        FROM metrics WHERE name <> 'rollback';
      DROP TABLE metrics;
      ALTER TABLE typed_metrics RENAME TO metrics;

      ALTER TABLE runs ADD COLUMN last_metrics TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(last_metrics));
      UPDATE runs SET last_metrics = (
        SELECT json_group_array(json_object(
          'name', iif(instr(key, ':') = 0, key, substr(key, 1, instr(key, ':') - 1)),
          'className', iif(instr(key, ':') = 0, NULL, substr(key, instr(key, ':') + 1)),
          'value', value))
        FROM json_each(runs.last_losses) WHERE type IN ('integer', 'real'));
      ALTER TABLE runs DROP COLUMN last_losses;
    `),
}
