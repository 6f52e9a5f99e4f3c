import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { findBrokenRecord } from '../../../../native-worker/project/record/find-broken-record.ts'
import { findChangedSchema } from '../../../../native-worker/project/record/find-changed-schema.ts'
import { migrate } from '../../../../native-worker/project/storage/migrate.ts'
import { allMigrations } from '../../../../native-worker/project/storage/migrations/all-migrations.ts'
import { recordRows } from '../../../../native-worker/project/storage/record.ts'
import { lockSplits } from '../../../../native-worker/project/storage/splits.ts'

const hash = (letter: string): string => letter.repeat(64)

/** As version 8 wrote it: what was imported and what it is now were one and the same column. */
function oldProject(): Database.Database {
  const db = new Database(':memory:')
  db.pragma('foreign_keys = ON')
  migrate(db, { migrations: allMigrations.slice(0, 8) })
  db.exec(`
    INSERT INTO project VALUES (1, 'Line 3', 32, 1, 0, 'then');
    INSERT INTO classes (name, created_at) VALUES ('pit', 'then');
    INSERT INTO imports (folder, fit, started_at) VALUES ('/a', 'crop', 'then'), ('/b', 'letterbox', 'then');
    INSERT INTO images (class_id, import_id, sha256, size_bytes, source_path, source_width, source_height, source_sha256, created_at)
    VALUES (1, 1, '${hash('a')}', 900, 'pit/1.png', 201, 100, '${hash('b')}', 'then'),
           (1, 2, '${hash('c')}', 900, 'pit/2.png', 200, 100, '${hash('d')}', 'then');
  `)
  return db
}

test('an older data set keeps its record, its locked splits and where each picture lies in its file', () => {
  const db = oldProject()
  migrate(db, { migrations: allMigrations.slice(0, 12) })
  db.exec(`UPDATE images SET split = 'train'`)
  lockSplits(db, { run: null })
  migrate(db)
  expect(findBrokenRecord(db)).toEqual([])
  expect(findChangedSchema(db, { sqliteBinding: null })).toEqual([])
  expect(
    db
      .prepare(
        'SELECT fit, rect_x AS x, rect_y AS y, rect_width AS width, rect_height AS height FROM images ORDER BY id',
      )
      .all(),
  ).toEqual([
    { fit: 'crop', x: 50, y: 0, width: 100, height: 100 },
    { fit: 'letterbox', x: 0, y: 0, width: 200, height: 100 },
  ])
  db.close()
})

const unlogged = 'is not what was imported and the log of changes make it: it was changed past Flawsmith'

test('what the log of changes does not explain is found, and what it explains is not', () => {
  const db = oldProject()
  migrate(db)
  db.exec(`
    UPDATE images SET state = 'excluded' WHERE id = 2;
    UPDATE classes SET name = 'hole', left_out = 1 WHERE id = 1;
  `)
  expect(findBrokenRecord(db)).toEqual([
    { kind: 'broken_record', path: 'images 2', detail: unlogged },
    { kind: 'broken_record', path: 'classes 1', detail: unlogged },
  ])
  const log = db.prepare(`
    INSERT INTO dataset_changes (batch, kind, image_id, class_id, before, after, changed_by, changed_at)
    VALUES (1, :kind, :imageId, :classId, '{}', :after, 'Ann', 'now')`)
  log.run({ kind: 'exclude', imageId: 2, classId: null, after: '{"state":"excluded"}' })
  log.run({ kind: 'rename', imageId: null, classId: 1, after: '{"name":"hole"}' })
  log.run({ kind: 'leave-out', imageId: null, classId: 1, after: '{"leftOut":1}' })
  recordRows(db, { kind: 'dataset_changes', firstId: 1, lastId: 3 })
  expect(findBrokenRecord(db)).toEqual([])
  db.close()
})
