import { expect, test } from 'vitest'
import type { RunId, Sha256 } from '../../../../contract/ids.ts'
import { openProject } from '../../../../native-worker/project/open-project.ts'
import { insertCheckpoint, latestCheckpoint } from '../../../../native-worker/project/storage/checkpoints.ts'
import { ensureClass } from '../../../../native-worker/project/storage/classes.ts'
import {
  deleteMetricsAfter,
  insertMetrics,
  maxMetricPoints,
  readMetrics,
} from '../../../../native-worker/project/storage/metrics.ts'
import type { NewRun } from '../../../../native-worker/project/storage/runs.ts'
import {
  finishRun,
  getRun,
  getRunDetails,
  insertRun,
  listRuns,
  listWaitingRuns,
  markWaiting,
  queueRun,
  startRun,
  updateRunProgress,
} from '../../../../native-worker/project/storage/runs.ts'
import { insertSnapshot, listSnapshots } from '../../../../native-worker/project/storage/snapshots.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { testProject } from '../../../helpers/test-project.ts'
import { curvesOf, metricsOf } from '../../../helpers/test-metrics.ts'

const hash = (digit: string): Sha256 => digit.repeat(64) as Sha256

const newRun: NewRun = {
  recipe: 'acgan',
  classId: null,
  status: 'running',
  engine: 'wasm',
  seed: 7,
  parameters: { learningRate: 0.0002, latentSize: 100 },
  versions: { flawsmith: '0.1.0' },
  classNames: ['good', 'pit'],
  datasetSize: 272,
  targetSteps: 500,
  targetMinutes: null,
}

test('a run from its start to its end', async () => {
  const { db } = testProject()
  const classId = ensureClass(db, 'pit')
  const { id } = insertRun(db, { ...newRun, recipe: 'dcgan-96', classId })
  expect(getRun(db, id)).toMatchObject({
    className: 'pit',
    status: 'running',
    step: 0,
    checkpointStep: null,
    end: null,
  })
  updateRunProgress(db, {
    runId: id,
    step: 40,
    seconds: 10,
    stepsPerSecond: 4,
    lastMetrics: metricsOf({ generator: 0.7 }),
  })
  insertCheckpoint(db, id, {
    step: 30,
    seconds: 7.5,
    file: 'runs/1/checkpoints/step-00000030.safetensors',
    sha256: hash('a'),
  })
  insertCheckpoint(db, id, {
    step: 40,
    seconds: 10,
    file: 'runs/1/checkpoints/step-00000040.safetensors',
    sha256: hash('b'),
  })
  insertSnapshot(db, id, { step: 40, sheet: hash('c'), rows: 1, columns: 8 })
  expect(latestCheckpoint(db, id)).toMatchObject({ step: 40, seconds: 10, sha256: hash('b') })
  expect(listSnapshots(db, id)).toEqual([{ step: 40, sheet: hash('c'), rows: 1, columns: 8 }])
  const finished = finishRun(db, { runId: id, status: 'finished', end: 'steps', message: null, failure: null })
  expect(finished).toMatchObject({
    status: 'finished',
    end: 'steps',
    step: 40,
    checkpointStep: 40,
    lastMetrics: metricsOf({ generator: 0.7 }),
  })
  expect(queueRun(db, { runId: id, targetSteps: 900, targetMinutes: null, continueFrom: 40 })).toMatchObject({
    status: 'queued',
    targetSteps: 900,
    end: null,
    endedAt: null,
  })
  const failure = { code: 'out_of_memory', details: { freeBytes: 5 } } as const
  expect(finishRun(db, { runId: id, status: 'failed', end: 'failed', message: 'Too little.', failure })).toMatchObject({
    message: 'Too little.',
    failure,
  })
  expect(queueRun(db, { runId: id, targetSteps: 900, targetMinutes: null, continueFrom: null })).toMatchObject({
    failure: null,
  })
  expect(startRun(db, { runId: id, versions: { tfjs: '4' } })).toMatchObject({ status: 'running', targetSteps: 900 })
  expect(getRunDetails(db, id)).toMatchObject({
    parameters: newRun.parameters,
    classNames: ['good', 'pit'],
    datasetSize: 272,
  })
  expect(await errorCodeOf(() => getRun(db, 99 as RunId))).toBe('run_not_found')
})

test('runs of a process that died are interrupted when the project is opened again', () => {
  const project = testProject()
  insertRun(project.db, newRun)
  project.close()
  const again = openProject(project.folder, { sqliteBinding: null })
  expect(listRuns(again.db)).toMatchObject([{ status: 'interrupted', end: 'died' }])
  again.close()
})

test('runs that waited for the schedule, or were about to, wait on when the project is opened again', () => {
  const project = testProject()
  const [pausing, waiting, next] = (['running', 'queued', 'queued'] as const).map(
    (status) => insertRun(project.db, { ...newRun, status }).id,
  )
  if (pausing === undefined || waiting === undefined || next === undefined) throw new Error('three runs')
  markWaiting(project.db, { runId: pausing, waitsFor: 'mains' })
  markWaiting(project.db, { runId: waiting, waitsFor: 'hours' })
  project.close()
  const again = openProject(project.folder, { sqliteBinding: null })
  expect(listRuns(again.db)).toMatchObject([
    { id: next, status: 'interrupted', waitsFor: null },
    { id: waiting, status: 'queued', waitsFor: 'hours' },
    { id: pausing, status: 'queued', waitsFor: 'mains' },
  ])
  expect(listWaitingRuns(again.db).map(({ id }) => id)).toEqual([pausing, waiting])
  expect(
    finishRun(again.db, { runId: waiting, status: 'stopped', end: 'stopped', message: null, failure: null }),
  ).toMatchObject({
    waitsFor: null,
  })
  again.close()
})

test('curves keep gaps, are cut on resume and thinned evenly with both ends', () => {
  const { db } = testProject()
  const { id } = insertRun(db, newRun)
  insertMetrics(db, id, [
    { step: 1, metrics: metricsOf({ generator: 1, discriminator: NaN }) },
    {
      step: 2,
      metrics: [...metricsOf({ generator: 2, discriminator: 0.5 }), ...metricsOf({ discriminator: 0.2 }, 'pit')],
    },
  ])
  expect(readMetrics(db, id)).toEqual({
    steps: [1, 2],
    curves: expect.arrayContaining([
      ...curvesOf({ generator: [1, 2], discriminator: [null, 0.5] }),
      ...curvesOf({ discriminator: [null, 0.2] }, 'pit'),
    ]) as unknown,
  })
  insertMetrics(
    db,
    id,
    Array.from({ length: 7001 }, (_, step) => ({ step, metrics: metricsOf({ generator: step / 2 }) })),
  )
  const { steps, curves } = readMetrics(db, id)
  expect(steps.length).toBeLessThanOrEqual(maxMetricPoints)
  expect(steps.length).toBeGreaterThan(maxMetricPoints - 10)
  expect([steps[0], steps.at(-1)]).toEqual([0, 7000])
  expect(curves.find(({ name }) => name === 'generator')?.values).toEqual(steps.map((step) => step / 2))
  const gaps = steps.slice(2).map((step, i) => step - (steps[i + 1] ?? 0))
  expect(Math.max(...gaps)).toBeLessThanOrEqual(4)
  deleteMetricsAfter(db, { runId: id, step: 3 })
  expect(readMetrics(db, id).steps).toEqual([0, 1, 2, 3])
})

test('what is measured only now and then survives the thinning of a long run', () => {
  const { db } = testProject()
  const { id } = insertRun(db, newRun)
  const measured = (step: number): boolean => step % 30 === 17
  insertMetrics(
    db,
    id,
    Array.from({ length: 9000 }, (_, step) => ({
      step,
      metrics: metricsOf({
        dLoss: 1,
        ...(measured(step) ? { kid: step, coverage: 0.5 } : {}),
        ...(step === 4321 ? { slope: 60 } : {}),
      }),
    })),
  )
  const { steps, curves } = readMetrics(db, id)
  const valuesOf = (wanted: string) => curves.find(({ name }) => name === wanted)?.values
  expect(steps.length).toBeLessThanOrEqual(maxMetricPoints)
  expect([steps[0], steps.at(-1)]).toEqual([0, 8999])
  expect(valuesOf('kid')?.filter((value) => value !== null)).toEqual(
    Array.from({ length: 300 }, (_, index) => 30 * index + 17),
  )
  expect(steps.filter((_, index) => valuesOf('slope')?.[index] !== null)).toEqual([4321])
})
