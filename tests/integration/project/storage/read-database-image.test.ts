import { copyFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { RandomStream } from '../../../../native-worker/random/random-stream.ts'
import { readDatabaseImage } from '../../../../native-worker/project/storage/read-database-image.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

type Db = Database.Database

const imageOf = (file: string): Buffer => readDatabaseImage({ file, logFile: `${file}-wal` })

const contentOf = (db: Db): unknown => db.prepare('SELECT id, text FROM notes ORDER BY id').all()

/** A database with a log that grows, is reset and grows again, as a working service leaves it. */
function workingDatabase(seed: number): { readonly folder: string; readonly file: string; readonly db: Db } {
  const folder = temporaryFolder()
  const file = join(folder, 'flawsmith.sqlite')
  const db = new Database(file)
  onTestFinished(() => void db.close())
  db.pragma('page_size = 1024')
  db.pragma('journal_mode = WAL')
  db.pragma('wal_autocheckpoint = 30')
  db.exec('CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT')
  change(db, { seed, times: 200 })
  return { folder, file, db }
}

function change(db: Db, { seed, times }: { readonly seed: number; readonly times: number }): void {
  const random = RandomStream.fromSeed(seed, 'changes')
  for (let time = 0; time < times; time++) {
    db.transaction(() => {
      for (let row = 0; row < 5; row++)
        db.prepare('INSERT OR REPLACE INTO notes VALUES (?, ?)').run(
          random.integer(300),
          `${time} `.repeat(random.integer(120)),
        )
      if (random.integer(8) === 0) db.exec('DELETE FROM notes WHERE id % 3 = 0')
    })()
    if (random.integer(60) === 0) db.exec('VACUUM')
  }
}

/** A copy as a power cut leaves it: the database and its log, without the index. */
function copyAside({
  file,
  name,
  folder,
}: {
  readonly file: string
  readonly name: string
  readonly folder: string
}): string {
  const copy = join(folder, name)
  copyFileSync(file, copy)
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`)
  return copy
}

test.each([1, 2, 3, 4, 5, 6])('holds what SQLite finds in a database and its log (seed %i)', (seed) => {
  const { folder, file, db } = workingDatabase(seed)
  for (let round = 0; round < 10; round++) {
    change(db, { seed: seed * 100 + round, times: 7 })
    const image = new Database(imageOf(copyAside({ file, folder, name: `copy-${round}` })))
    expect(image.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(contentOf(image)).toEqual(contentOf(db))
    image.close()
  }
})

test('a log torn at any place holds what SQLite recovers from it', () => {
  const { folder, file, db } = workingDatabase(7)
  change(db, { seed: 8, times: 3 })
  const logBytes = readFileSync(`${file}-wal`).length
  for (let part = 0; part <= 20; part++) {
    const copy = copyAside({ file, folder, name: `torn-${part}` })
    truncateSync(`${copy}-wal`, Math.round((logBytes * part) / 20))
    const image = new Database(imageOf(copy))
    const recovered = new Database(copy)
    expect(contentOf(image)).toEqual(contentOf(recovered))
    recovered.close()
    image.close()
  }
  const flipped = copyAside({ file, folder, name: 'flipped' })
  const log = readFileSync(`${flipped}-wal`)
  log.writeUInt8(log.readUInt8(Math.floor(log.length / 2)) ^ 1, Math.floor(log.length / 2))
  writeFileSync(`${flipped}-wal`, log)
  const image = new Database(imageOf(flipped))
  const recovered = new Database(flipped)
  expect(contentOf(image)).toEqual(contentOf(recovered))
  recovered.close()
  image.close()
})
