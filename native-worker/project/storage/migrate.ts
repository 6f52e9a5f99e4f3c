import { FlawsmithError } from '../../../contract/errors.ts'
import { allMigrations } from './migrations/all-migrations.ts'
import type { Migration } from './migrations/migration.ts'
import { inTransaction } from './query.ts'
import type { Db } from './query.ts'

export const schemaVersion = (db: Db): number => db.pragma('user_version', { simple: true }) as number

interface MigrateOptions {
  readonly migrations?: readonly Migration[]
  /** Called once before anything changes, when there is something to do. */
  readonly beforeFirst?: () => void
}

/**
 * Brings a database to the newest version; every step and its version number in one transaction.
 * Throws `project_newer` for a database that a newer Flawsmith has written.
 */
export function migrate(db: Db, { migrations = allMigrations, beforeFirst }: MigrateOptions = {}): void {
  const version = schemaVersion(db)
  const newest = migrations.at(-1)?.version ?? 0
  if (version > newest)
    throw new FlawsmithError(
      'project_newer',
      `This project was written by a newer Flawsmith (format ${version}; this one reads up to ${newest}). Install the newer version to open it.`,
      { version, newest },
    )
  const due = migrations.filter((migration) => migration.version > version)
  if (due.length === 0) return
  beforeFirst?.()
  inTransaction(db, () => {
    for (const migration of due) {
      migration.up(db)
      db.pragma(`user_version = ${migration.version}`)
    }
  })
}
