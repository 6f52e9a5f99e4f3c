import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { FlawsmithError } from '../../../contract/errors.ts'
import { backupFile, backupsFolder, databaseFile, restoringFile } from '../../files/project-paths.ts'
import { withStorageFailures } from '../../files/storage-failure.ts'
import { syncFolderNow } from '../../files/sync-path.ts'
import { buildWholeNow } from '../../files/write-whole.ts'
import { listBackups, stamp } from './backups.ts'
import { connect } from './connect.ts'
import type { SqliteOptions } from './connect.ts'
import { takeOwnerLock } from './owner-lock.ts'

/**
 * Puts a backup in the place of the project's database. The database that was there is kept as
 * `backups/damaged-<time>.sqlite`. Killed at any moment, the project has its old database, or gets the backup when it is opened.
 * Throws `no_backup`, `project_in_use`, `project_corrupt` (the backup is damaged too), `disk_full`.
 */
export function restoreBackup(folder: string, file: string, { sqliteBinding }: SqliteOptions): void {
  if (!listBackups(folder).some((backup) => backup.file === file))
    throw new FlawsmithError('no_backup', `There is no backup ${file} in ${backupsFolder(folder)}.`, { file })
  const lock = takeOwnerLock(folder, { sqliteBinding })
  try {
    withStorageFailures(folder, () => {
      finishRestore(folder)
      const backup = backupFile(folder, file)
      assertReadable(backup, { sqliteBinding })
      keepDamaged(folder)
      // With this file in its place the backup is decided on.
      buildWholeNow(restoringFile(folder), (unfinished) => {
        copyFileSync(backup, unfinished)
      })
      finishRestore(folder)
    })
  } finally {
    lock.release()
  }
}

/** Ends what a killed restore had decided on. Only under the owner lock. */
export function finishRestore(folder: string): void {
  const restoring = restoringFile(folder)
  if (!existsSync(restoring)) return
  // The log of the old database first: SQLite would apply it to the new one.
  for (const suffix of ['-wal', '-shm']) rmSync(`${databaseFile(folder)}${suffix}`, { force: true })
  renameSync(restoring, databaseFile(folder))
  syncFolderNow(folder)
}

function keepDamaged(folder: string): void {
  const kept = backupFile(folder, `damaged-${stamp(new Date())}.sqlite`)
  for (const suffix of ['-wal', '']) {
    const from = `${databaseFile(folder)}${suffix}`
    if (!existsSync(from)) continue
    buildWholeNow(`${kept}${suffix}`, (unfinished) => {
      copyFileSync(from, unfinished)
    })
  }
}

function assertReadable(file: string, options: SqliteOptions): void {
  const db = connect(file, { ...options, readonly: true })
  try {
    const result = db.pragma('quick_check(1)', { simple: true })
    if (result !== 'ok')
      throw new FlawsmithError('project_corrupt', `The backup ${file} is damaged too. Choose an older one.`, { file })
  } finally {
    db.close()
  }
}
