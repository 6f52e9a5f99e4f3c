import type { VerifyProblem } from '../../../contract/export.ts'
import { connect } from '../storage/connect.ts'
import type { SqliteOptions } from '../storage/connect.ts'
import { migrate } from '../storage/migrate.ts'
import { selectAll } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'

/** Compares tables, columns, indexes and triggers with those that the migrations make. */
export function findChangedSchema(db: Db, options: SqliteOptions): VerifyProblem[] {
  const found = schemaOf(db)
  const expected = expectedSchema(options)
  return [...new Set([...expected.keys(), ...found.keys()])]
    .filter((name) => found.get(name) !== expected.get(name))
    .map((name) => ({
      kind: 'changed_schema',
      path: name,
      detail: !found.has(name) ? 'is missing' : expected.has(name) ? 'was changed' : 'does not belong here',
    }))
}

function expectedSchema(options: SqliteOptions): ReadonlyMap<string, string> {
  const db = connect(':memory:', { ...options, mustExist: false })
  try {
    migrate(db)
    return schemaOf(db)
  } finally {
    db.close()
  }
}

const schemaOf = (db: Db): ReadonlyMap<string, string> =>
  new Map(
    selectAll<{ type: string; name: string; tableName: string; sql: string | null }>(
      db,
      'SELECT type, name, tbl_name AS tableName, sql FROM sqlite_schema',
    ).map(({ type, name, tableName, sql }) => [
      `${type} ${name}`,
      `${tableName}: ${(sql ?? '').replaceAll(/\s+/g, ' ').trim()}`,
    ]),
  )
