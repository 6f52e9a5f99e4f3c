import { connect } from './connect.ts'
import type { SqliteOptions } from './connect.ts'
import { ownerFile } from '../../files/project-paths.ts'
import { withStorageFailures } from '../../files/storage-failure.ts'

export interface OwnerLock {
  release(): void
}

/**
 * Makes this process the only one that has the project open, until release or its death: an exclusive SQLite
 * transaction on a file of its own, so that the operating system frees it however the process ends.
 * Nothing else may open that file: closing any descriptor of it would drop POSIX locks.
 * Throws `project_in_use`, `folder_not_writable`, `disk_full`.
 */
export function takeOwnerLock(folder: string, { sqliteBinding }: SqliteOptions): OwnerLock {
  return withStorageFailures(folder, () => {
    const db = connect(ownerFile(folder), { sqliteBinding, mustExist: false, timeoutMs: 0 })
    try {
      db.exec('BEGIN EXCLUSIVE')
    } catch (thrown) {
      db.close()
      throw thrown
    }
    return { release: () => void db.close() }
  })
}
