import type Database from 'better-sqlite3'
import { FlawsmithError } from '../../../contract/errors.ts'

export type Db = Database.Database
type Value = string | number | null | Uint8Array
/** Named values for `:name` or `@name` places. SQL text is always a constant: values never enter it. */
export type Params = Readonly<Record<string, Value>>

const statements = new WeakMap<Db, Map<string, Database.Statement>>()

/** Each SQL text is compiled once a connection. */
function prepared(db: Db, sql: string): Database.Statement {
  let known = statements.get(db)
  if (known === undefined) statements.set(db, (known = new Map<string, Database.Statement>()))
  let statement = known.get(sql)
  if (statement === undefined) known.set(sql, (statement = db.prepare(sql)))
  return statement
}

export const selectAll = <Row>(db: Db, sql: string, params: Params = {}): Row[] =>
  prepared(db, sql).all(params) as Row[]

export const selectOne = <Row>(db: Db, sql: string, params: Params = {}): Row | undefined =>
  prepared(db, sql).get(params) as Row | undefined

/** For queries that always have one row, such as counts. */
export function selectRow<Row>(db: Db, sql: string, params: Params = {}): Row {
  const row = selectOne<Row>(db, sql, params)
  if (row === undefined)
    throw new FlawsmithError(
      'project_corrupt',
      'A row is missing in the database of the project. Restore one of its automatic backups.',
      { query: sql.replaceAll(/\s+/g, ' ').slice(0, 200) },
    )
  return row
}

/** Returns the rows changed and the id of the row inserted last. */
export function execute(db: Db, sql: string, params: Params = {}): { readonly changes: number; readonly id: number } {
  const { changes, lastInsertRowid } = prepared(db, sql).run(params)
  return { changes, id: Number(lastInsertRowid) }
}

/** All or nothing; takes the write lock first, so that no read inside can be overtaken. */
export const inTransaction = <Result>(db: Db, work: () => Result): Result => db.transaction(work).immediate()
