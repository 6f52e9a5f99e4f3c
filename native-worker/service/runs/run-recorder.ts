import { basename } from 'node:path'
import type { RunId } from '../../../contract/ids.ts'
import type { TrainerReport } from '../../../contract/trainer.ts'
import type { Metric } from '../../../contract/training.ts'
import { checkpointFile, checkpointPath, removeCheckpoint } from '../../files/checkpoint-files.ts'
import type { Project } from '../../project/open-project.ts'
import { deleteOldCheckpoints, insertCheckpoint } from '../../project/storage/checkpoints.ts'
import type { MetricPoint } from '../../project/storage/metrics.ts'
import { insertMetrics } from '../../project/storage/metrics.ts'
import { insertRollback } from '../../project/storage/rollbacks.ts'
import { getRun, noteRun, startRun, updateRunProgress } from '../../project/storage/runs.ts'
import { insertSnapshot } from '../../project/storage/snapshots.ts'
import type { EventHub } from '../ports/event-hub.ts'
import { forgetRowsAfter } from '../jobs/forget-after.ts'
import { MetricThinner } from './metric-thinner.ts'
import type { RunTask } from './run-task.ts'
import { secondsLeft } from '../jobs/seconds-left.ts'
import { version } from '../version.ts'

interface Progress {
  readonly step: number
  readonly seconds: number
  readonly metrics: readonly Metric[]
}

/** Writes a run's reports into the database, then tells the windows. */
export class RunRecorder {
  readonly #project: Project
  readonly #runId: RunId
  readonly #task: RunTask
  readonly #events: EventHub
  readonly #thinner = new MetricThinner()
  #last: Progress | null = null
  #rollbacks = 0
  #message: string | null = null
  /** Where this sitting began: the recorded speed is the mean since then. */
  #origin = { step: 0, seconds: 0 }

  constructor({ project, runId, task, events }: { project: Project; runId: RunId; task: RunTask; events: EventHub }) {
    this.#project = project
    this.#runId = runId
    this.#task = task
    this.#events = events
  }

  /** What the run had to say on its way; null where all went well. */
  get message(): string | null {
    return this.#message
  }

  /** @throws FlawsmithError `project_moved`, or what the database says */
  add(report: TrainerReport): void {
    // A folder that was moved away takes nothing more: what the trainer wrote into its old place would belong to nothing.
    this.#project.assertWritable()
    const { db, folder } = this.#project
    const runId = this.#runId
    const { targetSteps, targetMinutes } = this.#task.plan
    switch (report.kind) {
      case 'started': {
        this.#origin = { step: report.step, seconds: report.seconds }
        const versions = { flawsmith: version, ...report.versions }
        this.#events.emit('runs.changed', startRun(db, { runId, versions }))
        break
      }
      case 'progressed': {
        const { step, seconds, stepsPerSecond, metrics } = report
        this.#last = { step, seconds, metrics }
        const point = this.#thinner.add({ step, metrics })
        if (point !== null) this.#write(point)
        const left = secondsLeft({ step, seconds, stepsPerSecond, targetSteps, targetMinutes })
        this.#events.emit('runs.progressed', {
          runId,
          step,
          metrics,
          stepsPerSecond,
          secondsLeft: left,
          seconds,
        })
        break
      }
      case 'snapshotTaken': {
        const { step, sheet, rows, columns } = report
        const snapshot = { step, sheet, rows, columns }
        insertSnapshot(db, runId, snapshot)
        this.#events.emit('runs.snapshotTaken', { runId, snapshot })
        break
      }
      case 'checkpointWritten': {
        const file = checkpointPath(runId, { shelf: 'checkpoints', name: basename(report.file) })
        checkpointFile(folder, { runId, file })
        const { step, seconds, sha256, best } = report
        insertCheckpoint(db, runId, { step, seconds, file, sha256, best })
        this.#remove(deleteOldCheckpoints(db, runId))
        this.#events.emit('runs.changed', getRun(db, runId))
        break
      }
      case 'rolledBack': {
        const { step, toStep, seconds, quantity, value } = report
        const rollback = { step, toStep, quantity, value }
        this.#thinner.flush()
        this.#last = null
        this.#origin = { step: toStep, seconds }
        // The trainer may write a file of the same name again at any moment; what is left of them goes when the run is resumed.
        forgetRowsAfter(db, { runId, step: toStep })
        insertRollback(db, runId, rollback)
        this.#rollbacks++
        this.#message = `Left the rails at step ${step} (${quantity ?? 'a value'} was ${value ?? 'no finite number'}) and went back to step ${toStep} with gentler settings${this.#rollbacks > 1 ? `, for the ${this.#rollbacks === 2 ? 'second' : 'third'} time` : ''}.`
        this.#events.emit('runs.changed', noteRun(db, { runId, message: this.#message }))
        this.#events.emit('runs.rolledBack', { runId, rollback })
        break
      }
      case 'ended':
        this.flush()
        break
      default:
        break
    }
  }

  /** Records what the thinner still holds, so that the last step is on record. */
  flush(): void {
    const point = this.#thinner.flush()
    if (point !== null) this.#write(point)
  }

  #write(point: MetricPoint): void {
    const { db } = this.#project
    const runId = this.#runId
    insertMetrics(db, runId, [point])
    if (this.#last === null) return
    const { step, seconds, metrics } = this.#last
    const elapsed = seconds - this.#origin.seconds
    const stepsPerSecond = elapsed > 0 ? (step - this.#origin.step) / elapsed : null
    updateRunProgress(db, { runId, step, seconds, stepsPerSecond, lastMetrics: metrics })
  }

  /** Rows go first: killed in between, no record lacks its file. */
  #remove(files: readonly string[]): void {
    for (const file of files) removeCheckpoint(this.#project.folder, { runId: this.#runId, file })
  }
}
