import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { SampleId } from '../../../../contract/ids.ts'
import { chainHead } from '../../../../native-worker/project/record/chain-head.ts'
import { findBrokenRecord } from '../../../../native-worker/project/record/find-broken-record.ts'
import { decide } from '../../../../native-worker/project/review/decide.ts'
import { findBrokenDecisions } from '../../../../native-worker/project/review/find-broken-decisions.ts'
import { migrate } from '../../../../native-worker/project/storage/migrate.ts'
import { allMigrations } from '../../../../native-worker/project/storage/migrations/all-migrations.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

/** As version 6 wrote it: no facts but the picture, and a hash over just what it held. */
function writeOldDecision(db: Database.Database): void {
  const record = {
    id: 1,
    batch: 1,
    sampleId: 1,
    sampleSha256: 'a'.repeat(64),
    inspectorId: 1,
    inspectorName: 'Ann',
    action: 'accept',
    reason: null,
    previousState: 'pending',
    previousReason: null,
    undoes: null,
    decidedAt: '2026-01-01T00:00:00.000Z',
    previousHash: '0'.repeat(64),
  }
  const hash = createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))))
    .digest('hex')
  db.prepare(
    `INSERT INTO decisions (id, batch, sample_id, sample_sha256, inspector_id, inspector_name, action, reason,
                            previous_state, previous_reason, undoes, decided_at, previous_hash, hash)
     VALUES (:id, :batch, :sampleId, :sampleSha256, :inspectorId, :inspectorName, :action, :reason,
             :previousState, :previousReason, :undoes, :decidedAt, :previousHash, :hash)`,
  ).run({ ...record, hash })
}

function oldProject(): Database.Database {
  const db = new Database(':memory:')
  migrate(db, { migrations: allMigrations.slice(0, 6) })
  db.exec(`
    INSERT INTO project VALUES (1, 'Line 3', 32, 1, 0, 'then');
    INSERT INTO classes (name, created_at) VALUES ('pit', 'then'), ('stain', 'then');
    INSERT INTO inspectors (name, created_at) VALUES ('Ann', 'then');
    INSERT INTO runs (recipe, status, engine, seed, parameters, versions, class_names, dataset_size, created_at)
    VALUES ('acgan', 'finished', 'wasm', 1, '{"batch":4}', '{}', '[]', 3, 'then');
    INSERT INTO samples (run_id, checkpoint_step, class_id, seed, sha256, created_at)
    VALUES (1, 5, 1, 0, '${'a'.repeat(64)}', 'then'), (1, 5, 1, 1, '${'b'.repeat(64)}', 'then');
  `)
  writeOldDecision(db)
  db.exec(`UPDATE samples SET state = 'accepted', decision_id = 1 WHERE id = 1`)
  migrate(db)
  return db
}

test('decisions of the old form keep their hash, and new ones are linked to them', () => {
  const db = oldProject()
  expect([...findBrokenDecisions(db), ...findBrokenRecord(db)]).toEqual([])
  decide({ db, imagesFolder: temporaryFolder() }, { sampleIds: [2 as SampleId], action: 'reject', by: 'Ben' })
  expect(db.prepare('SELECT format, class_name AS className FROM decisions').all()).toEqual([
    { format: 1, className: null },
    { format: 2, className: 'pit' },
  ])
  expect([...findBrokenDecisions(db), ...findBrokenRecord(db)]).toEqual([])
  db.close()
})

test('what an older version wrote is in the record from its migration on', () => {
  const db = oldProject()
  // Project, classes, runs, samples, inspectors, decisions; the same whenever the project is opened.
  expect(chainHead(db)).toEqual({ length: 6, hash: chainHead(oldProject()).hash, recordedAt: null })
  db.exec('UPDATE samples SET class_id = 2 WHERE id = 1')
  expect(findBrokenRecord(db).map(({ path }) => path)).toEqual(['samples 1–2'])
  db.close()
})

test('facts written beside an old decision, where its hash does not reach, are found', () => {
  const db = oldProject()
  db.exec(`DROP TRIGGER decisions_never_change; UPDATE decisions SET class_name = 'stain' WHERE id = 1`)
  expect(findBrokenDecisions(db)).toMatchObject([{ path: 'decision 1' }])
  db.close()
})
