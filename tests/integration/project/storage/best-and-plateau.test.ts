import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { migrate } from '../../../../native-worker/project/storage/migrate.ts'
import { allMigrations } from '../../../../native-worker/project/storage/migrations/all-migrations.ts'

test('the third migration keeps how runs ended, and their checkpoints', () => {
  const db = new Database(':memory:')
  db.pragma('foreign_keys = ON')
  migrate(db, { migrations: allMigrations.slice(0, 2) })
  const run = db.prepare(
    `INSERT INTO runs (recipe, status, engine, seed, parameters, versions, class_names, dataset_size, created_at, ended_by, note)
     VALUES ('crgan', 'finished', 'wasm', 1, '{}', '{}', '[]', 3, 'now', ?, 'a note')`,
  )
  for (const end of ['steps', 'died', null]) run.run(end)
  db.exec(
    `INSERT INTO checkpoints (run_id, step, file, sha256, created_at, pinned) VALUES (1, 5, 'f', '${'a'.repeat(64)}', 'now', 1)`,
  )
  migrate(db)
  expect(db.prepare('SELECT ended_by AS "end", note FROM runs ORDER BY id').all()).toEqual([
    { end: 'steps', note: 'a note' },
    { end: 'died', note: 'a note' },
    { end: null, note: 'a note' },
  ])
  expect(db.prepare('SELECT step, pinned, best FROM checkpoints').all()).toEqual([{ step: 5, pinned: 1, best: 0 }])
  db.prepare(`UPDATE runs SET ended_by = 'plateau' WHERE id = 1`).run()
  expect(() => db.prepare(`UPDATE runs SET ended_by = 'bored' WHERE id = 1`).run()).toThrow('CHECK')
  expect(db.pragma('foreign_key_check')).toEqual([])
  db.close()
})
