import {
  closeSync,
  copyFileSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { Backup } from '../../../contract/project.ts'
import { connect } from './connect.ts'
import type { SqliteOptions } from './connect.ts'
import { takeOwnerLock } from './owner-lock.ts'
import { backupFile, backupsFolder, databaseFile } from '../../files/project-paths.ts'
import { execute } from './query.ts'
import type { Db } from './query.ts'
import { withStorageFailures } from '../../files/storage-failure.ts'

export const backupsKept = 5
export const backupIntervalMs = 60 * 60 * 1000

const backupName = /^flawsmith-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z\.sqlite$/
const stamp = (time: Date): string => time.toISOString().replaceAll(/[-:.]/g, '')

/** Newest first. */
export function listBackups(folder: string): Backup[] {
  let names: string[]
  try {
    names = readdirSync(backupsFolder(folder))
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw thrown
  }
  return names
    .filter((name) => backupName.test(name))
    .sort()
    .reverse()
    .map((name) => ({
      file: name,
      takenAt: name.replace(backupName, '$1-$2-$3T$4:$5:$6.$7Z'),
      sizeBytes: statSync(backupFile(folder, name)).size,
    }))
}

/** A whole copy of the open database, written aside and renamed; the oldest ones beyond `backupsKept` go. */
export function takeBackup(db: Db, folder: string, now = new Date()): Backup {
  return withStorageFailures(folder, () => {
    mkdirSync(backupsFolder(folder), { recursive: true })
    const name = `flawsmith-${stamp(now)}.sqlite`
    const file = backupFile(folder, name)
    const unfinished = `${file}.unfinished`
    rmSync(unfinished, { force: true })
    try {
      execute(db, 'VACUUM INTO :file', { file: unfinished })
      syncFile(unfinished)
      renameSync(unfinished, file)
    } finally {
      rmSync(unfinished, { force: true })
    }
    // The one just taken stays even when the clock was set back.
    const others = listBackups(folder).filter((backup) => backup.file !== name)
    for (const old of others.slice(backupsKept - 1)) rmSync(backupFile(folder, old.file), { force: true })
    return { file: name, takenAt: now.toISOString(), sizeBytes: statSync(file).size }
  })
}

/** At most one an hour; null where the newest is younger. */
export function takeBackupWhenDue(db: Db, folder: string, now = new Date()): Backup | null {
  const newest = listBackups(folder)[0]
  const ageMs = newest === undefined ? Infinity : now.getTime() - Date.parse(newest.takenAt)
  // A clock that was set back must not stop backups for good.
  return ageMs >= backupIntervalMs || ageMs < 0 ? takeBackup(db, folder, now) : null
}

/**
 * Puts a backup in the place of the project's database. The database that was there is kept as
 * `backups/damaged-<time>.sqlite`. Throws `no_backup`, `project_in_use`, `project_corrupt` (the backup is damaged too).
 */
export function restoreBackup(folder: string, file: string, { sqliteBinding }: SqliteOptions): void {
  if (!listBackups(folder).some((backup) => backup.file === file))
    throw new FlawsmithError('no_backup', `There is no backup ${file} in ${backupsFolder(folder)}.`, { file })
  const lock = takeOwnerLock(folder, { sqliteBinding })
  try {
    withStorageFailures(folder, () => {
      const backup = backupFile(folder, file)
      assertReadable(backup, { sqliteBinding })
      const restored = `${databaseFile(folder)}.restored`
      copyFileSync(backup, restored)
      syncFile(restored)
      const damaged = backupFile(folder, `damaged-${stamp(new Date())}.sqlite`)
      for (const suffix of ['-wal', '-shm', ''])
        moveWhenPresent(`${databaseFile(folder)}${suffix}`, `${damaged}${suffix}`)
      renameSync(restored, databaseFile(folder))
    })
  } finally {
    lock.release()
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

function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function moveWhenPresent(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown
  }
}
