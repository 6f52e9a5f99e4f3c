import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { RunId, Sha256 } from '../../../contract/ids.ts'
import type { TrainerReport } from '../../../contract/trainer.ts'
import { clearUnrecordedSheets } from '../../../native-worker/project/clear-unrecorded-images.ts'
import { EventHub } from '../../../native-worker/service/ports/event-hub.ts'
import { forgetAfter, forgetRowsAfter } from '../../../native-worker/service/jobs/forget-after.ts'
import { clearLeftovers } from '../../../native-worker/service/runs/clear-leftovers.ts'
import { pinCheckpoint } from '../../../native-worker/service/runs/pin-checkpoint.ts'
import { RunRecorder } from '../../../native-worker/service/runs/run-recorder.ts'
import { latestCheckpoint, summarizeCheckpoints } from '../../../native-worker/project/storage/checkpoints.ts'
import { readMetrics } from '../../../native-worker/project/storage/metrics.ts'
import { imagePath } from '../../../contract/image-path.ts'
import { runFolder } from '../../../native-worker/files/project-paths.ts'
import { finishRun, getRun, getRunDetails, insertRun } from '../../../native-worker/project/storage/runs.ts'
import { insertSnapshot, listSnapshots } from '../../../native-worker/project/storage/snapshots.ts'
import { testProject } from '../../helpers/test-project.ts'
import { curvesOf, metricsOf } from '../../helpers/test-metrics.ts'

function recordedRun() {
  const project = testProject()
  const plan = {
    recipe: 'crgan' as const,
    parameters: {},
    seed: 1,
    engine: 'wasm' as const,
    size: 32,
    channels: 1 as const,
    classNames: ['pit'],
    targetSteps: 100,
    targetMinutes: null,
  }
  const { id: runId } = insertRun(project.db, {
    ...plan,
    classId: null,
    status: 'queued',
    versions: {},
    datasetSize: 3,
  })
  const set = { file: 'set.bin' as const, size: 32, channels: 1 as const, classes: [] }
  const events = new EventHub()
  const told: unknown[] = []
  events.listen(({ name, payload }) => {
    if (name === 'runs.rolledBack') told.push(payload)
  })
  const recorder = new RunRecorder({ project, runId, task: { plan, set }, events })
  const folder = runFolder(project.folder, runId)
  mkdirSync(join(folder, 'checkpoints'), { recursive: true })
  const checkpointFile = (step: number): string => join(folder, 'checkpoints', `step-${step}.safetensors`)
  const checkpoint = (step: number, best = false): void => {
    writeFileSync(checkpointFile(step), 'weights')
    const report: TrainerReport = {
      kind: 'checkpointWritten',
      step,
      seconds: step / 10,
      file: checkpointFile(step),
      sha256: 'a'.repeat(64) as Sha256,
      best,
    }
    recorder.add(report)
  }
  const stepsOf = (id: RunId): readonly number[] => summarizeCheckpoints(project.db, id).map(({ step }) => step)
  return { project, runId, recorder, told, folder, checkpointFile, checkpoint, stepsOf }
}

it('keeps the last three checkpoints, the best and the pinned, and removes the others', () => {
  const { project, runId, checkpointFile, checkpoint, stepsOf } = recordedRun()
  checkpoint(1)
  pinCheckpoint(project, { runId, step: 1, pinned: true })
  checkpoint(2, true)
  for (const step of [3, 4, 5, 6, 7]) checkpoint(step)
  expect(stepsOf(runId)).toEqual([1, 2, 5, 6, 7])
  expect([2, 5, 6, 7].every((step) => existsSync(checkpointFile(step)))).toBe(true)
  expect([3, 4].some((step) => existsSync(checkpointFile(step)))).toBe(false)
  expect(summarizeCheckpoints(project.db, runId).filter(({ best }) => best)).toMatchObject([{ step: 2, seconds: 0.2 }])

  checkpoint(8, true)
  expect(stepsOf(runId)).toEqual([1, 6, 7, 8])
  expect(existsSync(checkpointFile(2))).toBe(false)
  // Told again about the same step, as at the end of a run: the mark stays.
  checkpoint(8)
  expect(summarizeCheckpoints(project.db, runId).at(-1)).toMatchObject({ step: 8, best: true, pinned: false })
})

it('knows the newest checkpoints by the order of writing, whatever the clock says', () => {
  const { project, runId, checkpointFile, checkpoint, stepsOf } = recordedRun()
  vi.useFakeTimers({ now: new Date('2026-11-27T10:00'), toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  for (const step of [13, 16, 20]) checkpoint(step)
  vi.setSystemTime(new Date('2026-11-20T10:00'))
  for (const step of [40, 60]) checkpoint(step)
  expect(stepsOf(runId)).toEqual([20, 40, 60])
  expect([20, 40, 60].every((step) => existsSync(checkpointFile(step)))).toBe(true)
  expect(latestCheckpoint(project.db, runId)).toMatchObject({ step: 60 })
  expect(getRun(project.db, runId).checkpointStep).toBe(60)
})

it('continues from the step it went back to, not from a pinned one of the future it has left', () => {
  const { project, runId, checkpoint } = recordedRun()
  for (const step of [10, 20]) checkpoint(step)
  pinCheckpoint(project, { runId, step: 20, pinned: true })
  forgetAfter(project, { runId, step: 10 })
  expect(latestCheckpoint(project.db, runId)).toMatchObject({ step: 10 })
  checkpoint(12)
  expect(latestCheckpoint(project.db, runId)).toMatchObject({ step: 12 })
})

it('forgets the future a run has gone back from, and says so', () => {
  const { project, runId, recorder, told, checkpoint, stepsOf } = recordedRun()
  const progress = (step: number): TrainerReport => ({
    kind: 'progressed',
    step,
    seconds: step / 10,
    stepsPerSecond: 10,
    metrics: metricsOf({ dLoss: step }),
  })
  const sheet = 'b'.repeat(64) as Sha256
  recorder.add(progress(10))
  recorder.flush()
  checkpoint(10)
  checkpoint(20)
  recorder.add(progress(25))
  recorder.add({ kind: 'snapshotTaken', step: 25, sheet, rows: 1, columns: 8 })
  recorder.add({ kind: 'rolledBack', step: 26, toStep: 10, seconds: 1, quantity: 'dLoss', value: null })
  recorder.add(progress(11))
  recorder.flush()
  expect(stepsOf(runId)).toEqual([10])
  expect(listSnapshots(project.db, runId)).toEqual([])
  expect(readMetrics(project.db, runId)).toEqual({
    steps: [10, 11],
    curves: curvesOf({ dLoss: [10, 11] }),
  })
  const rollback = { step: 26, toStep: 10, quantity: 'dLoss', value: null }
  expect(getRunDetails(project.db, runId).rollbacks).toEqual([rollback])
  expect(told).toEqual([{ runId, rollback }])
  // A run that is taken up from before the return has not had it.
  forgetRowsAfter(project.db, { runId, step: 9 })
  expect(getRunDetails(project.db, runId).rollbacks).toEqual([])
  expect(getRun(project.db, runId)).toMatchObject({ step: 11, message: recorder.message })
  expect(recorder.message).toContain('step 26 (dLoss was no finite number) and went back to step 10')
})

it('records a run that ended on a plateau', () => {
  const { project, runId } = recordedRun()
  expect(
    finishRun(project.db, { runId, status: 'finished', end: 'plateau', message: null, failure: null }),
  ).toMatchObject({
    end: 'plateau',
  })
})

it('clears away sheets and checkpoints that no record names', () => {
  const { project, runId, folder, checkpoint, checkpointFile } = recordedRun()
  const [kept, lost] = ['c', 'd'].map((digit) => digit.repeat(64) as Sha256) as [Sha256, Sha256]
  const fileOf = (sha256: Sha256): string => join(project.imagesFolder, imagePath(sha256))
  for (const sha256 of [kept, lost]) {
    mkdirSync(join(fileOf(sha256), '..'), { recursive: true })
    writeFileSync(fileOf(sha256), 'sheet')
  }
  writeFileSync(`${fileOf(lost)}.123.part`, 'half')
  writeFileSync(join(folder, 'sheets.txt'), `${kept}\n${lost}\n`)
  insertSnapshot(project.db, runId, { step: 1, sheet: kept, rows: 1, columns: 8 })
  checkpoint(1)
  writeFileSync(checkpointFile(2), 'written, not reported')
  writeFileSync(`${checkpointFile(3)}.123.part`, 'half')
  clearLeftovers(project, runId)
  expect([fileOf(kept), checkpointFile(1)].every((file) => existsSync(file))).toBe(true)
  const gone = [fileOf(lost), `${fileOf(lost)}.123.part`, checkpointFile(2), `${checkpointFile(3)}.123.part`]
  expect(gone.filter((file) => existsSync(file))).toEqual([])
  // Twice does no harm, nor does a run without a list.
  clearUnrecordedSheets(project, runId)
  clearUnrecordedSheets(project, 99 as RunId)
  expect(existsSync(fileOf(kept))).toBe(true)
})
