import { existsSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { RunId } from '../../contract/ids.ts'
import type { TrainerReport } from '../../contract/trainer.ts'
import type { Project } from '../library/open-project.ts'
import { deleteCheckpoint, insertCheckpoint, listCheckpoints } from '../storage/checkpoints.ts'
import type { MetricPoint } from '../storage/metrics.ts'
import { insertMetrics } from '../storage/metrics.ts'
import { getRun, startRun, updateRunProgress } from '../storage/runs.ts'
import { insertSnapshot } from '../storage/snapshots.ts'
import type { EventHub } from './event-hub.ts'
import { MetricThinner } from './metric-thinner.ts'
import type { RunTask } from './run-task.ts'
import { secondsLeft } from './seconds-left.ts'
import { version } from './version.ts'

interface Progress {
  readonly step: number
  readonly seconds: number
  readonly losses: Readonly<Record<string, number>>
}

/** Writes a run's reports into the database, then tells the windows. */
export class RunRecorder {
  readonly #project: Project
  readonly #runId: RunId
  readonly #task: RunTask
  readonly #events: EventHub
  readonly #thinner = new MetricThinner()
  #last: Progress | null = null
  /** Where this sitting began: the recorded speed is the mean since then. */
  #origin = { step: 0, seconds: 0 }

  constructor({ project, runId, task, events }: { project: Project; runId: RunId; task: RunTask; events: EventHub }) {
    this.#project = project
    this.#runId = runId
    this.#task = task
    this.#events = events
  }

  add(report: TrainerReport): void {
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
        this.#last = { step, seconds, losses: metrics }
        const point = this.#thinner.add({ step, values: metrics })
        if (point !== null) this.#write(point)
        const left = secondsLeft({ step, seconds, stepsPerSecond, targetSteps, targetMinutes })
        this.#events.emit('runs.progressed', {
          runId,
          step,
          losses: metrics,
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
        const file = relative(folder, report.file).split(sep).join('/')
        insertCheckpoint(db, runId, { step: report.step, file, sha256: report.sha256 })
        this.#forgetClearedCheckpoints()
        this.#events.emit('runs.changed', getRun(db, runId))
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
    const { step, seconds, losses } = this.#last
    const elapsed = seconds - this.#origin.seconds
    const stepsPerSecond = elapsed > 0 ? (step - this.#origin.step) / elapsed : null
    updateRunProgress(db, { runId, step, seconds, stepsPerSecond, lastLosses: losses })
  }

  /** The trainer keeps only its last few checkpoints; the rows of those it cleared away go too. */
  #forgetClearedCheckpoints(): void {
    const { db, folder } = this.#project
    for (const { step, file } of listCheckpoints(db, this.#runId)) {
      if (!existsSync(join(folder, file))) deleteCheckpoint(db, { runId: this.#runId, step })
    }
  }
}
