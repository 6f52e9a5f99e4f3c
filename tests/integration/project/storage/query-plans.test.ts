import { expect, test } from 'vitest'
import { FlawsmithError } from '../../../../contract/errors.ts'
import type { ClassId, RunId, SampleId, Sha256 } from '../../../../contract/ids.ts'
import { undo } from '../../../../native-worker/project/review/undo.ts'
import { getCheckpoint, latestCheckpoint } from '../../../../native-worker/project/storage/checkpoints.ts'
import { listClasses } from '../../../../native-worker/project/storage/classes.ts'
import { connect } from '../../../../native-worker/project/storage/connect.ts'
import { lastDecision } from '../../../../native-worker/project/storage/decisions.ts'
import {
  findImageBySource,
  listExportableImages,
  listTrainingImages,
  listImages,
} from '../../../../native-worker/project/storage/images.ts'
import { readMetrics } from '../../../../native-worker/project/storage/metrics.ts'
import { migrate } from '../../../../native-worker/project/storage/migrate.ts'
import type { Db } from '../../../../native-worker/project/storage/query.ts'
import {
  getSample,
  listAcceptedSamples,
  listSamples,
  nextSampleSeed,
} from '../../../../native-worker/project/storage/samples.ts'
import { listSnapshots } from '../../../../native-worker/project/storage/snapshots.ts'

const classId = 1 as ClassId
const runId = 1 as RunId
const page = { offset: 9, limit: 9 }

/** Every statement that reads while `work` runs, as it was compiled, with SQLite's plan for it. */
function plansOf(work: (db: Db) => unknown): readonly { readonly sql: string; readonly plan: string }[] {
  const db = connect(':memory:', { sqliteBinding: null, mustExist: false })
  migrate(db)
  const compiled: string[] = []
  const prepare = db.prepare.bind(db)
  db.prepare = ((sql: string) => {
    compiled.push(sql)
    return prepare(sql)
  }) as typeof db.prepare
  try {
    work(db)
  } catch (thrown) {
    // Nothing is in there to be found; what was asked is what counts.
    if (!(thrown instanceof FlawsmithError)) throw thrown
  }
  const plans = compiled
    .filter((sql) => /^\s*(SELECT|DELETE|UPDATE|WITH)\b/i.test(sql))
    .map((sql) => {
      const names = [...sql.matchAll(/[:@](\w+)/g)].map(([, name]) => [name, null] as const)
      const rows = prepare(`EXPLAIN QUERY PLAN ${sql}`).all(Object.fromEntries(names)) as { detail: string }[]
      return { sql, plan: rows.map(({ detail }) => detail).join('\n') }
    })
  db.close()
  return plans
}

test.each<readonly [string, (db: Db) => unknown, RegExp]>([
  ['the grid of a class', (db) => listImages(db, { classId, ...page }), /images_by_class/],
  ['what a run learns from', (db) => listTrainingImages(db, classId), /images_by_split/],
  ['real images of an export', (db) => listExportableImages(db, classId), /images_by_class/],
  ['is this picture known', (db) => findImageBySource(db, 'x' as Sha256), /images_by_source[^]*pictures_by_hash/],
  [
    'samples of a class and state',
    (db) => listSamples(db, { classId, state: 'pending', ...page }),
    /samples_by_(class|state)/,
  ],
  ['samples of a state', (db) => listSamples(db, { state: 'pending', ...page }), /samples_by_state/],
  [
    'samples of a run, class and state',
    (db) => listSamples(db, { runId, classId, state: 'pending', ...page }),
    /samples_by_(run|class|state)/,
  ],
  ['one sample', (db) => getSample(db, 1 as SampleId), /PRIMARY KEY/],
  ['where the next draw starts', (db) => nextSampleSeed(db, { runId, classId }), /samples_by_run|autoindex_samples/],
  ['accepted samples of an export', (db) => listAcceptedSamples(db, { classId, size: 64 }), /samples_by_class/],
  ['the newest checkpoint', (db) => latestCheckpoint(db, runId), /checkpoints/],
  ['a checkpoint of a step', (db) => getCheckpoint(db, { runId, step: 5 }), /checkpoints/],
  ['curves of a run', (db) => readMetrics(db, runId), /metrics USING PRIMARY KEY/],
  ['the filmstrip of a run', (db) => listSnapshots(db, runId), /PRIMARY KEY/],
  ['the end of the chain', (db) => lastDecision(db), /PRIMARY KEY|decisions/],
  ['the last decision of an inspector', (db) => undo(db, { by: 'Li' }), /decisions_by_inspector/],
])('%s is found by its index', (_, work, index) => {
  const plans = plansOf(work)
  expect(plans.map(({ plan }) => plan).join('\n')).toMatch(index)
  for (const { sql, plan } of plans) {
    // A table of a few rows that is read whole is what `SCAN classes` is; rows come in the order of an index or of the table.
    expect(plan.replaceAll(/^SCAN .* USING (COVERING )?INDEX .*$/gm, ''), sql).not.toMatch(
      /SCAN (images|samples|metrics|checkpoints|i|s|e)\b/,
    )
  }
})

test('the counts of every class are made from indexes alone', () => {
  const [counts] = plansOf((db) => listClasses(db))
  expect(counts?.plan.match(/SEARCH s USING COVERING INDEX samples_by_class/g)).toHaveLength(3)
  expect(counts?.plan).toMatch(/SEARCH i USING COVERING INDEX images_by_class/)
})
