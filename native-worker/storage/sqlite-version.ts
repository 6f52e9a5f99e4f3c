import { connect } from './connect.ts'
import type { SqliteOptions } from './connect.ts'
import { selectRow } from './query.ts'

/** Asked of the library itself: proves that the binary loads in this runtime. */
export function sqliteVersion(options: SqliteOptions): string {
  const db = connect(':memory:', { ...options, mustExist: false })
  try {
    return selectRow<{ version: string }>(db, 'SELECT sqlite_version() AS version').version
  } finally {
    db.close()
  }
}
