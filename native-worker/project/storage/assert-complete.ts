import { FlawsmithError } from '../../../contract/errors.ts'
import { connect } from './connect.ts'
import type { SqliteOptions } from './connect.ts'
import { migrate } from './migrate.ts'
import { selectAll } from './query.ts'
import type { Db } from './query.ts'

/** Every table and column that the migrations make is there. @throws FlawsmithError `project_corrupt` naming one that is not */
export function assertComplete(db: Db, { folder, ...options }: SqliteOptions & { readonly folder: string }): void {
  const found = new Set(columnsOf(db))
  const missing = expectedColumns(options).find((column) => !found.has(column))
  if (missing === undefined) return
  throw new FlawsmithError(
    'project_corrupt',
    `The database of the project ${folder} lacks ${missing}. Restore one of its automatic backups.`,
    { folder, column: missing },
  )
}

let expected: readonly string[] | null = null

/** The same as long as the process lives. */
function expectedColumns(options: SqliteOptions): readonly string[] {
  if (expected !== null) return expected
  const db = connect(':memory:', { ...options, mustExist: false })
  try {
    migrate(db)
    return (expected = columnsOf(db))
  } finally {
    db.close()
  }
}

const columnsOf = (db: Db): readonly string[] =>
  selectAll<{ name: string }>(
    db,
    `SELECT t.name || '.' || c.name AS name FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'`,
  ).map(({ name }) => name)
