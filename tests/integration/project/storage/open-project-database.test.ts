import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createProject } from '../../../../native-worker/project/create-project.ts'
import { listBackups, takeBackup, takeBackupWhenDue } from '../../../../native-worker/project/storage/backups.ts'
import { restoreBackup } from '../../../../native-worker/project/storage/restore-backup.ts'
import { ensureClass, listClasses } from '../../../../native-worker/project/storage/classes.ts'
import { connect } from '../../../../native-worker/project/storage/connect.ts'
import { migrate, schemaVersion } from '../../../../native-worker/project/storage/migrate.ts'
import { allMigrations } from '../../../../native-worker/project/storage/migrations/all-migrations.ts'
import { openProjectDatabase } from '../../../../native-worker/project/storage/open-project-database.ts'
import { backupsFolder, databaseFile } from '../../../../native-worker/files/project-paths.ts'
import { isUnfinished } from '../../../../native-worker/files/unfinished-files.ts'
import { asStorageFailure } from '../../../../native-worker/files/storage-failure.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

const options = { sqliteBinding: null }

function newProject(): string {
  const folder = join(temporaryFolder(), 'project')
  createProject({ folder, size: 64, channels: 1, sqliteBinding: null })
  return folder
}

/** Overwrites the middle of the database, where tables lie. */
function damage(folder: string): void {
  const bytes = readFileSync(databaseFile(folder))
  bytes.fill(0xa5, 4096, bytes.length - 4096)
  writeFileSync(databaseFile(folder), bytes)
}

describe('opening', () => {
  test('a folder without a project', async () => {
    expect(await errorCodeOf(() => openProjectDatabase(temporaryFolder(), options))).toBe('project_not_found')
  })

  test('sets WAL, full synchronisation, foreign keys and an untrusted schema', () => {
    const { db, close } = openProjectDatabase(newProject(), options)
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.pragma('synchronous', { simple: true })).toBe(2)
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(db.pragma('trusted_schema', { simple: true })).toBe(0)
    close()
  })

  test('twice from one process', async () => {
    const folder = newProject()
    const first = openProjectDatabase(folder, options)
    expect(await errorCodeOf(() => openProjectDatabase(folder, options))).toBe('project_in_use')
    first.close()
    openProjectDatabase(folder, options).close()
  })

  test('while another process holds it, and after that process was killed', async () => {
    const folder = newProject()
    const script = `
      const { openProjectDatabase } = await import(${JSON.stringify(new URL('../../../../native-worker/project/storage/open-project-database.ts', import.meta.url).href)})
      // Kept: a connection that nothing refers to is collected, and its lock with it.
      globalThis.held = openProjectDatabase(${JSON.stringify(folder)}, { sqliteBinding: null })
      console.log('open')
      setInterval(() => {}, 1000)`
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(holder.stdout, 'data')
    expect(await errorCodeOf(() => openProjectDatabase(folder, options))).toBe('project_in_use')
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    openProjectDatabase(folder, options).close()
  })

  test('a project of a newer version is refused and left as it is', async () => {
    const folder = newProject()
    const db = connect(databaseFile(folder), options)
    db.pragma('user_version = 999')
    db.close()
    expect(await errorCodeOf(() => openProjectDatabase(folder, options))).toBe('project_newer')
    const again = connect(databaseFile(folder), options)
    expect(schemaVersion(again)).toBe(999)
    again.close()
  })

  test.each([
    ['damaged pages', damage],
    ['no database at all', (folder: string) => writeFileSync(databaseFile(folder), 'not a database, '.repeat(500))],
    ['an empty file', (folder: string) => writeFileSync(databaseFile(folder), '')],
    [
      'the database of another program',
      (folder: string) => {
        rmSync(databaseFile(folder))
        const db = connect(databaseFile(folder), { ...options, mustExist: false })
        db.exec('CREATE TABLE notes (text TEXT)')
        db.close()
      },
    ],
  ])('%s', async (_, spoil) => {
    const folder = newProject()
    spoil(folder)
    expect(await errorCodeOf(() => openProjectDatabase(folder, options))).toBe('project_corrupt')
    // The lock is free again.
    expect(await errorCodeOf(() => openProjectDatabase(folder, options))).toBe('project_corrupt')
  })

  test('creating over a project or in a folder that holds something', async () => {
    const folder = newProject()
    const again = () => createProject({ folder, size: 64, channels: 1, sqliteBinding: null })
    expect(await errorCodeOf(again)).toBe('project_exists')
    rmSync(databaseFile(folder))
    writeFileSync(join(folder, 'letter.txt'), 'dear')
    expect(await errorCodeOf(again)).toBe('folder_not_empty')
  })
})

describe('backups', () => {
  test('one is taken when the project is opened, at most one an hour, and five are kept', () => {
    const folder = newProject()
    const { db, close } = openProjectDatabase(folder, options)
    expect(listBackups(folder)).toHaveLength(1)
    expect(takeBackupWhenDue(db, folder)).toBeNull()
    const start = Date.now()
    for (let hour = 1; hour <= 7; hour++) {
      ensureClass(db, `made in hour ${hour}`)
      expect(takeBackupWhenDue(db, folder, new Date(start + hour * 3_660_000))).not.toBeNull()
    }
    const kept = listBackups(folder)
    expect(kept).toHaveLength(5)
    expect(kept[0]?.takenAt).toBe(new Date(start + 7 * 3_660_000).toISOString())
    close()
    expect(readdirSync(backupsFolder(folder)).every((name) => name.endsWith('.sqlite'))).toBe(true)
  })

  test('a damaged database is replaced by a backup and kept aside', () => {
    const folder = newProject()
    const first = openProjectDatabase(folder, options)
    ensureClass(first.db, 'scratch')
    const backup = takeBackup(first.db, folder)
    ensureClass(first.db, 'made after the backup')
    first.close()
    damage(folder)
    const damaged = readFileSync(databaseFile(folder))

    restoreBackup(folder, backup.file, options)
    const { db, close } = openProjectDatabase(folder, options)
    expect(listClasses(db).map((each) => each.name)).toEqual(['scratch'])
    close()
    const aside = readdirSync(backupsFolder(folder)).find((name) => /^damaged-.*\.sqlite$/.test(name))
    expect(readFileSync(join(backupsFolder(folder), aside ?? '')).equals(damaged)).toBe(true)
  })

  test('one taken with the clock ahead costs one more, and drives out nothing', () => {
    const folder = newProject()
    const { db, close } = openProjectDatabase(folder, options)
    const now = Date.now()
    ensureClass(db, 'scratch')
    const ahead = takeBackup(db, folder, new Date(now + 400 * 24 * 3_600_000))
    ensureClass(db, 'pit')
    expect(takeBackupWhenDue(db, folder, new Date(now + 1000))).not.toBeNull()
    for (let open = 1; open <= 10; open++) {
      ensureClass(db, `class ${open}`)
      expect(takeBackupWhenDue(db, folder, new Date(now + 1000 + open * 60_000))).toBeNull()
    }
    expect(listBackups(folder)).toHaveLength(3)
    // The order is that in which they were taken, whatever the clock said.
    expect(listBackups(folder)[1]?.file).toBe(ahead.file)
    close()
  })

  test('the same state is not kept twice: opening an unchanged project drives out no older state', () => {
    const folder = newProject()
    const { db, close } = openProjectDatabase(folder, options)
    const first = listBackups(folder)
    for (let day = 1; day <= 7; day++) takeBackupWhenDue(db, folder, new Date(Date.now() + day * 86_400_000))
    expect(listBackups(folder)).toEqual(first)
    ensureClass(db, 'scratch')
    takeBackup(db, folder)
    expect(listBackups(folder)).toHaveLength(2)
    close()
  })

  test('a migration that fails adds no backup a try', () => {
    const folder = newProject()
    const { db, close } = openProjectDatabase(folder, options)
    ensureClass(db, 'pit')
    const bad = {
      version: allMigrations.length + 1,
      up: () => {
        throw new Error('does not fit')
      },
    }
    for (let attempt = 0; attempt < 4; attempt++)
      expect(() =>
        migrate(db, { migrations: [...allMigrations, bad], beforeFirst: () => void takeBackup(db, folder) }),
      ).toThrow('does not fit')
    expect(listBackups(folder)).toHaveLength(2)
    close()
  })

  test('a restore killed at any of its steps leaves a project that opens: the old one or the backup', async () => {
    const module = (path: string): string =>
      JSON.stringify(new URL(`../../../../native-worker/${path}`, import.meta.url).href)
    const seen = new Set<string>()
    let finished = false
    for (let call = 1; !finished; call++) {
      const folder = newProject()
      const first = openProjectDatabase(folder, options)
      const backup = takeBackup(first.db, folder)
      ensureClass(first.db, 'made after the backup')
      // Left as a killed service leaves it, with its log.
      copyFileSync(databaseFile(folder), join(folder, 'kept'))
      copyFileSync(`${databaseFile(folder)}-wal`, join(folder, 'kept-wal'))
      first.close()
      renameSync(join(folder, 'kept'), databaseFile(folder))
      renameSync(join(folder, 'kept-wal'), `${databaseFile(folder)}-wal`)
      const script = `
        const fs = (await import('node:fs')).default
        const { syncBuiltinESMExports } = await import('node:module')
        let calls = 0
        for (const name of ['renameSync', 'rmSync', 'copyFileSync', 'fsyncSync']) {
          const real = fs[name]
          fs[name] = (...parameters) => {
            calls += 1
            if (calls === ${call}) process.kill(process.pid, 'SIGKILL')
            return real(...parameters)
          }
        }
        syncBuiltinESMExports()
        const { restoreBackup } = await import(${module('project/storage/restore-backup.ts')})
        restoreBackup(${JSON.stringify(folder)}, ${JSON.stringify(backup.file)}, { sqliteBinding: null })`
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' })
      const [code] = (await once(child, 'exit')) as [number | null]
      finished = code === 0
      const { db, close } = openProjectDatabase(folder, options)
      seen.add(listClasses(db).length === 0 ? 'backup' : 'old')
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
      close()
      expect(readdirSync(folder).filter((name) => name.includes('restoring') && !isUnfinished(name))).toEqual([])
    }
    expect(seen).toEqual(new Set(['old', 'backup']))
  }, 300_000)

  test('restoring what is no backup, what is damaged too, or under an open project', async () => {
    const folder = newProject()
    const open = openProjectDatabase(folder, options)
    const file = listBackups(folder)[0]?.file ?? ''
    expect(await errorCodeOf(() => restoreBackup(folder, file, options))).toBe('project_in_use')
    open.close()
    expect(await errorCodeOf(() => restoreBackup(folder, '../flawsmith.sqlite', options))).toBe('no_backup')
    writeFileSync(join(backupsFolder(folder), file), 'not a database, '.repeat(500))
    expect(await errorCodeOf(() => restoreBackup(folder, file, options))).toBe('project_corrupt')
    expect(existsSync(databaseFile(folder))).toBe(true)
  })
})

describe('migrations', () => {
  test('are numbered without gaps', () => {
    expect(allMigrations.map((each) => each.version)).toEqual(allMigrations.map((_, index) => index + 1))
  })

  test('go one version at a time, all or nothing, with a backup before the first', async () => {
    const folder = newProject()
    const { db, close } = openProjectDatabase(folder, options)
    ensureClass(db, 'pit')
    const newest = allMigrations.length
    const good = {
      version: newest + 1,
      up: (target: typeof db) => void target.exec('ALTER TABLE classes ADD COLUMN colour TEXT'),
    }
    const bad = {
      version: newest + 2,
      up: () => {
        throw new Error('does not fit')
      },
    }
    const backups: number[] = []
    const beforeFirst = () => void backups.push(schemaVersion(db))
    expect(() => migrate(db, { migrations: [...allMigrations, good, bad], beforeFirst })).toThrow('does not fit')
    expect(schemaVersion(db)).toBe(newest)
    migrate(db, { migrations: [...allMigrations, good], beforeFirst })
    expect(schemaVersion(db)).toBe(newest + 1)
    expect(backups).toEqual([newest, newest])
    expect(db.prepare('SELECT name, colour FROM classes').all()).toEqual([{ name: 'pit', colour: null }])
    expect(await errorCodeOf(() => migrate(db))).toBe('project_newer')
    close()
  })
})

test('a full disk is named as such', () => {
  const folder = newProject()
  const { db, close } = openProjectDatabase(folder, options)
  db.pragma(`max_page_count = ${String(db.pragma('page_count', { simple: true }))}`)
  let failure: unknown
  try {
    for (let i = 0; i < 10_000; i++) ensureClass(db, `class ${i}`.padEnd(500))
  } catch (thrown) {
    failure = asStorageFailure(thrown, folder)
  }
  expect(failure).toMatchObject({ code: 'disk_full' })
  db.pragma('max_page_count = 4294967294')
  close()
})
