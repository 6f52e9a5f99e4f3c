import type { Migration } from './migration.ts'

/** Why a run ended badly, as a code and its values. */
export const runFailures: Migration = {
  version: 5,
  up: (db) => db.exec('ALTER TABLE runs ADD COLUMN failure TEXT CHECK (failure IS NULL OR json_valid(failure))'),
}
