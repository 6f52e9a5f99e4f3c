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
import { readMetrics } from '../../../../native-worker/project/storage/metrics.ts'
import { getRun, getRunDetails } from '../../../../native-worker/project/storage/runs.ts'
import { curvesOf, metricsOf } from '../../../helpers/test-metrics.ts'

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

test('metrics of classes and rollbacks, once written into names, become records', () => {
  const db = new Database(':memory:')
  migrate(db, { migrations: allMigrations.slice(0, 6) })
  db.exec(`
    INSERT INTO runs (recipe, status, engine, seed, parameters, versions, class_names, dataset_size, created_at, last_losses)
    VALUES ('crgan', 'finished', 'wasm', 1, '{}', '{}', '["a: pit"]', 3, 'now',
            '{"dLoss": 0.5, "coverage:a: pit": 0.25}'),
           ('crgan', 'finished', 'wasm', 2, '{}', '{}', '[]', 3, 'now', '{}');
    INSERT INTO metrics (run_id, step, name, value)
    VALUES (1, 10, 'rollback', 16), (1, 10, 'dLoss', 1), (1, 20, 'dLoss', NULL), (1, 20, 'coverage:a: pit', 0.25);
  `)
  migrate(db)
  const [first, second] = [1 as RunId, 2 as RunId]
  expect(getRunDetails(db, first)).toMatchObject({
    lastMetrics: [...metricsOf({ dLoss: 0.5 }), ...metricsOf({ coverage: 0.25 }, 'a: pit')],
    rollbacks: [{ step: 26, toStep: 10, quantity: null, value: null }],
  })
  expect(getRunDetails(db, second)).toMatchObject({ lastMetrics: [], rollbacks: [] })
  expect(readMetrics(db, first)).toEqual({
    steps: [10, 20],
    curves: [...curvesOf({ dLoss: [1, null] }), ...curvesOf({ coverage: [null, 0.25] }, 'a: pit')],
  })
  db.close()
})
