import { connect } from './connect.ts'
import type { SqliteOptions } from './connect.ts'
import { selectRow } from './query.ts'

/** Also proves that the SQLite binary of this runtime loads. */
export function sqliteVersion({ sqliteBinding }: SqliteOptions): string {
  const db = connect(':memory:', { sqliteBinding, mustExist: false })
  try {
    return selectRow<{ version: string }>(db, 'SELECT sqlite_version() AS version').version
  } finally {
    db.close()
  }
}
