import { existsSync } from 'node:fs'
import { databaseFile, databaseLogFile, holdsProject, ownerFile, restoringFile } from '../../files/project-paths.ts'
import { asStorageFailure } from '../../files/storage-failure.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import { connect, connectToImage } from './connect.ts'
import type { SqliteOptions } from './connect.ts'
import { migrate } from './migrate.ts'
import { assertSound } from './open-project-database.ts'
import { selectAll, type Db } from './query.ts'
import { readDatabaseImage } from './read-database-image.ts'

/**
 * The database of a project as it is on disk now, in memory: brought to the newest format and checked there. Nothing in the
 * folder is created, locked or changed.
 * Throws `project_not_found`, `project_in_use`, `project_newer`, `project_corrupt`, `folder_not_readable`.
 */
export function openDatabaseImage(folder: string, options: SqliteOptions): Db {
  if (!holdsProject(folder))
    throw new FlawsmithError('project_not_found', `There is no Flawsmith project in ${folder}.`, { folder })
  assertNotOwned(folder, options)
  const file = databaseFile(folder)
  let db: Db | undefined
  try {
    db = connectToImage(readDatabaseImage(filesOf(folder)), options)
    db.pragma('foreign_keys = ON')
    db.pragma('trusted_schema = OFF')
    assertSound(db, folder)
    migrate(db)
    return db
  } catch (thrown) {
    db?.close()
    if ((thrown as NodeJS.ErrnoException).code === 'EACCES')
      throw new FlawsmithError(
        'folder_not_readable',
        `Flawsmith may not read ${file}. Ask for read permission.`,
        { folder },
        { cause: thrown },
      )
    throw asStorageFailure(thrown, folder)
  }
}

/** A backup that was decided on counts already: the log belongs to the database before it. */
function filesOf(folder: string): { readonly file: string; readonly logFile: string | null } {
  const restoring = restoringFile(folder)
  return existsSync(restoring)
    ? { file: restoring, logFile: null }
    : { file: databaseFile(folder), logFile: databaseLogFile(folder) }
}

/** An owner would write meanwhile. Asked by reading its lock's file, which changes nothing. */
function assertNotOwned(folder: string, options: SqliteOptions): void {
  if (!existsSync(ownerFile(folder))) return
  const lock = connect(ownerFile(folder), { ...options, readonly: true, timeoutMs: 0 })
  try {
    selectAll(lock, 'SELECT name FROM sqlite_schema')
  } catch (thrown) {
    throw asStorageFailure(thrown, folder)
  } finally {
    lock.close()
  }
}
