import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { RunId, Sha256 } from '../../../../contract/ids.ts'
import {
  insertCheckpoint,
  latestCheckpoint,
  summarizeCheckpoints,
} from '../../../../native-worker/project/storage/checkpoints.ts'
import { migrate } from '../../../../native-worker/project/storage/migrate.ts'
import { allMigrations } from '../../../../native-worker/project/storage/migrations/all-migrations.ts'
import { getRun } from '../../../../native-worker/project/storage/runs.ts'

test('runs and checkpoints recorded before failure codes and times stay readable', () => {
  const db = new Database(':memory:')
  migrate(db, { migrations: allMigrations.slice(0, 3) })
  db.exec(`
    INSERT INTO runs (recipe, status, engine, seed, parameters, versions, class_names, dataset_size, created_at, ended_by, message)
    VALUES ('crgan', 'failed', 'wasm', 1, '{}', '{}', '[]', 3, 'now', 'failed', 'It broke.');
    INSERT INTO checkpoints (run_id, step, file, sha256, created_at) VALUES (1, 5, 'f', '${'a'.repeat(64)}', '2026-01-01');
  `)
  migrate(db)
  const runId = 1 as RunId
  expect(getRun(db, runId)).toMatchObject({ status: 'failed', message: 'It broke.', failure: null })
  expect(latestCheckpoint(db, runId)).toMatchObject({ step: 5, seconds: null })

  insertCheckpoint(db, runId, { step: 9, seconds: 31.5, file: 'g', sha256: 'b'.repeat(64) as Sha256 })
  expect(summarizeCheckpoints(db, runId)).toMatchObject([
    { step: 5, seconds: null },
    { step: 9, seconds: 31.5 },
  ])
  db.close()
})
