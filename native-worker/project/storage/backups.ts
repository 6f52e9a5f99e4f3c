import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import type { Backup } from '../../../contract/project.ts'
import { backupFile, backupsFolder } from '../../files/project-paths.ts'
import { withStorageFailures } from '../../files/storage-failure.ts'
import { buildWholeNow } from '../../files/write-whole.ts'
import { execute } from './query.ts'
import type { Db } from './query.ts'

export const backupsKept = 5
export const backupIntervalMs = 60 * 60 * 1000

/** The time is for people; the number, counted up, is the order in which they were taken: clocks are set back and forth. */
const backupName = /^flawsmith-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z(?:-(\d+))?\.sqlite$/
const numberOf = (name: string): number => Number(backupName.exec(name)?.[8] ?? 0)

/** A time as it stands in file names. */
export const stamp = (time: Date): string => time.toISOString().replaceAll(/[-:.]/g, '')

export const isBackup = (name: string): boolean => backupName.test(name)

/** The one taken last comes first. */
export function listBackups(folder: string): Backup[] {
  let names: string[]
  try {
    names = readdirSync(backupsFolder(folder))
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw thrown
  }
  return names
    .filter(isBackup)
    .sort((a, b) => numberOf(b) - numberOf(a) || (a < b ? 1 : -1))
    .map((name) => ({
      file: name,
      takenAt: name.replace(backupName, '$1-$2-$3T$4:$5:$6.$7Z'),
      sizeBytes: statSync(backupFile(folder, name)).size,
    }))
}

/**
 * A whole copy of the open database; the oldest ones beyond `backupsKept` go. Where nothing has changed since the one taken last,
 * that one is given back: copies of the same state would drive out older states.
 */
export function takeBackup(db: Db, folder: string, now = new Date()): Backup {
  return withStorageFailures(folder, () => {
    mkdirSync(backupsFolder(folder), { recursive: true })
    const before = listBackups(folder)
    const last = before[0]
    const name = `flawsmith-${stamp(now)}-${last === undefined ? 1 : numberOf(last.file) + 1}.sqlite`
    const file = backupFile(folder, name)
    buildWholeNow(file, (unfinished) => {
      execute(db, 'VACUUM INTO :file', { file: unfinished })
    })
    if (last !== undefined && holdTheSame(file, backupFile(folder, last.file))) {
      rmSync(file)
      confirm(folder, last, now)
      return last
    }
    for (const old of before.slice(backupsKept - 1)) rmSync(backupFile(folder, old.file), { force: true })
    const taken = { file: name, takenAt: now.toISOString(), sizeBytes: statSync(file).size }
    confirm(folder, taken, now)
    return taken
  })
}

/** At most one an hour; null where the newest is younger. */
export function takeBackupWhenDue(db: Db, folder: string, now = new Date()): Backup | null {
  const newest = listBackups(folder)[0]
  const ageMs = newest === undefined ? Infinity : now.getTime() - confirmedAtMs(folder, newest)
  // Seen from a clock that was set back it is younger than nothing. Taking one, or confirming it, brings its time back too.
  return ageMs >= backupIntervalMs || ageMs < 0 ? takeBackup(db, folder, now) : null
}

/** A backup's own time of change says when it was last known to be the newest state. */
function confirm(folder: string, { file }: Backup, now: Date): void {
  utimesSync(backupFile(folder, file), now, now)
}

const confirmedAtMs = (folder: string, { file }: Backup): number => statSync(backupFile(folder, file)).mtimeMs

/** SQLite writes the same state as the same bytes. */
const holdTheSame = (file: string, other: string): boolean =>
  statSync(file).size === statSync(other).size && readFileSync(file).equals(readFileSync(other))
