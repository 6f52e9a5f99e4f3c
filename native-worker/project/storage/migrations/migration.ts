import type { Db } from '../query.ts'

export interface Migration {
  /** The `user_version` the database has afterwards. */
  readonly version: number
  /** Runs inside the transaction of the runner. */
  readonly up: (db: Db) => void
}
