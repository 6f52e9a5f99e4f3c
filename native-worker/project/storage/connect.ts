import Database from 'better-sqlite3'
import type { Db } from './query.ts'

export interface SqliteOptions {
  /** Path of the better-sqlite3 binary for this runtime; null takes the one of its package. */
  readonly sqliteBinding: string | null
}

interface ConnectOptions extends SqliteOptions {
  readonly readonly?: boolean
  readonly mustExist?: boolean
  /** How long to wait for another connection's lock. */
  readonly timeoutMs?: number
}

/** A database in memory with the content of a file. */
export const connectToImage = (image: Buffer, { sqliteBinding }: SqliteOptions): Db =>
  new Database(image, sqliteBinding === null ? {} : { nativeBinding: sqliteBinding })

export function connect(file: string, { sqliteBinding, readonly, mustExist, timeoutMs }: ConnectOptions): Db {
  return new Database(file, {
    readonly: readonly ?? false,
    fileMustExist: mustExist ?? true,
    timeout: timeoutMs ?? 5000,
    ...(sqliteBinding === null ? {} : { nativeBinding: sqliteBinding }),
  })
}
