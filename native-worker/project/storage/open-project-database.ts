import { accessSync, constants, mkdirSync } from 'node:fs'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { Channels } from '../../../contract/project.ts'
import { assertComplete } from './assert-complete.ts'
import { takeBackup, takeBackupWhenDue } from './backups.ts'
import { connect } from './connect.ts'
import type { SqliteOptions } from './connect.ts'
import { migrate } from './migrate.ts'
import { takeOwnerLock } from './owner-lock.ts'
import { finishRestore } from './restore-backup.ts'
import { identifyFolder, isFolderInPlace } from '../../files/folder-identity.ts'
import type { FolderIdentity } from '../../files/folder-identity.ts'
import { databaseFile, holdsProject } from '../../files/project-paths.ts'
import { execute, inTransaction } from './query.ts'
import type { Db } from './query.ts'
import { recordRow } from './record.ts'
import { withStorageFailures } from '../../files/storage-failure.ts'
import { buildWholeNow } from '../../files/write-whole.ts'

/** "FLSM": tells our databases from any other SQLite file. */
const applicationId = 0x464c534d

export interface ProjectDatabase {
  readonly db: Db
  /** Takes the backup that is due if the disk lets it, closes the database and lets other processes open the project. */
  close(): void
}

/**
 * Opens the database of a project folder for this process alone, checks it, migrates it and takes the backup that is due.
 * Throws `project_not_found`, `project_in_use`, `project_newer`, `project_corrupt`, `folder_not_writable`, `disk_full`.
 */
export function openProjectDatabase(folder: string, { sqliteBinding }: SqliteOptions): ProjectDatabase {
  if (!holdsProject(folder))
    throw new FlawsmithError('project_not_found', `There is no Flawsmith project in ${folder}.`, { folder })
  return withStorageFailures(folder, () => {
    accessSync(folder, constants.W_OK)
    accessSync(databaseFile(folder), constants.W_OK)
    const identity = identifyFolder(folder)
    const lock = takeOwnerLock(folder, { sqliteBinding })
    let db: Db | undefined
    try {
      finishRestore(folder)
      db = connect(databaseFile(folder), { sqliteBinding })
      configure(db)
      assertSound(db, folder)
      const open = db
      migrate(open, { beforeFirst: () => void takeBackup(open, folder) })
      assertComplete(open, { folder, sqliteBinding })
      takeBackupWhenDue(open, folder)
      return { db: open, close: () => close(open, { folder, identity, release: () => lock.release() }) }
    } catch (thrown) {
      db?.close()
      lock.release()
      throw thrown
    }
  })
}

export interface NewProject {
  readonly name: string
  readonly size: number
  readonly channels: Channels
  readonly isSample: boolean
}

/** Writes the database of a new project whole: a process killed half-way leaves none. */
export function createProjectDatabase(folder: string, project: NewProject, { sqliteBinding }: SqliteOptions): void {
  withStorageFailures(folder, () => {
    mkdirSync(folder, { recursive: true })
    buildWholeNow(databaseFile(folder), (unfinished) => {
      const db = connect(unfinished, { sqliteBinding, mustExist: false })
      try {
        // Nobody sees it before it is whole: it is synced once then, and not with every transaction.
        db.pragma('synchronous = OFF')
        db.pragma('journal_mode = MEMORY')
        db.pragma(`application_id = ${applicationId}`)
        migrate(db)
        inTransaction(db, () => {
          execute(
            db,
            `INSERT INTO project (id, name, first_size, size, channels, is_sample, created_at, uid)
           VALUES (1, :name, :size, :size, :channels, :isSample, :createdAt, lower(hex(randomblob(16))))`,
            { ...project, isSample: project.isSample ? 1 : 0, createdAt: new Date().toISOString() },
          )
          recordRow(db, 'project', 1)
        })
        // As every opening has it: else the first one changes it, and waits for the disk.
        db.pragma('journal_mode = WAL')
      } finally {
        db.close()
      }
    })
  })
}

function configure(db: Db): void {
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('trusted_schema = OFF')
  db.pragma('temp_store = MEMORY')
}

/** @throws FlawsmithError `project_corrupt` */
export function assertSound(db: Db, folder: string): void {
  const found = db.pragma('quick_check(1)', { simple: true })
  const isOurs = db.pragma('application_id', { simple: true }) === applicationId
  if (found === 'ok' && isOurs) return
  throw new FlawsmithError(
    'project_corrupt',
    isOurs
      ? `The database of the project ${folder} is damaged. Restore one of its automatic backups (\`flawsmith backups\`, \`flawsmith restore\`).`
      : `${databaseFile(folder)} is not a Flawsmith project database. Restore one of the project's automatic backups (\`flawsmith backups\`, \`flawsmith restore\`).`,
    { folder, found: String(found).slice(0, 200) },
  )
}

interface Closing {
  readonly folder: string
  readonly identity: FolderIdentity
  readonly release: () => void
}

function close(db: Db, { folder, identity, release }: Closing): void {
  if (!db.open) return
  try {
    // A folder that is gone must not rise again with a backup in it.
    if (isFolderInPlace(folder, identity)) takeBackupWhenDue(db, folder)
  } catch (thrown) {
    // Nothing can be done here for a disk that is full: the next opening takes it, or says why it cannot.
    if (!(thrown instanceof FlawsmithError)) throw thrown
  } finally {
    db.close()
    release()
  }
}
