import { join } from 'node:path'
import { FlawsmithError } from '../../contract/errors.ts'
import type { RunId } from '../../contract/ids.ts'
import type { RequestInput } from '../../contract/service.ts'
import type { TrainerReport } from '../../contract/trainer.ts'
import type { RunEnd, RunStatus, RunSummary } from '../../contract/training.ts'
import type { Project } from '../library/open-project.ts'
import { latestCheckpoint } from '../storage/checkpoints.ts'
import { deleteMetricsAfter } from '../storage/metrics.ts'
import { imagesFolder, runFolder } from '../storage/project-paths.ts'
import { finishRun, getRun, insertRun, startRun } from '../storage/runs.ts'
import type { ComputeRuntime } from './compute-runtime.ts'
import type { Engines } from './engines.ts'
import type { EventHub } from './event-hub.ts'
import type { ImagesClient } from './images-client.ts'
import type { Log } from './log.ts'
import { planRun } from './plan-run.ts'
import { RunRecorder } from './run-recorder.ts'
import type { RunTask } from './run-task.ts'
import { readRunTask, writeRunTask } from './run-task.ts'
import { describeDeath } from './run-trainer-task.ts'
import { TrainerProcess } from './trainer-process.ts'
import { version } from './version.ts'

const snapshotEverySeconds = 10
const checkpointEverySeconds = 30
/** A trainer that is told to stop has this long for its step and its last checkpoint. */
const stopTimeoutMs = 60_000

interface ActiveRun {
  readonly runId: RunId
  readonly finished: Promise<void>
  trainer: TrainerProcess | null
  stopping: boolean
}

interface Ending {
  readonly status: Exclude<RunStatus, 'queued' | 'running'>
  readonly end: RunEnd
  readonly message: string | null
}

/**
 * Starts, feeds and hears the trainer. One run at a time: a second would halve the speed of both.
 * Everything the trainer reports is recorded before anyone is told.
 */
export class Training {
  readonly #runtime: ComputeRuntime
  readonly #engines: Engines
  readonly #images: ImagesClient
  readonly #events: EventHub
  readonly #log: Log
  #active: ActiveRun | null = null
  #closing = false

  constructor(parts: { runtime: ComputeRuntime; engines: Engines; images: ImagesClient; events: EventHub; log: Log }) {
    this.#runtime = parts.runtime
    this.#engines = parts.engines
    this.#images = parts.images
    this.#events = parts.events
    this.#log = parts.log
  }

  /** Checks the request against the recipe and the data, records the run and starts it. */
  async start(project: Project, input: RequestInput<'runs.start'>): Promise<RunSummary> {
    const planned = planRun(project, input)
    const engine = await this.#engines.choose(input.engine)
    this.#refuseSecondRun()
    const plan = { ...planned.plan, engine }
    const run = insertRun(project.db, {
      recipe: plan.recipe,
      classId: input.classId ?? null,
      status: 'running',
      engine,
      seed: plan.seed,
      parameters: plan.parameters,
      versions: { flawsmith: version },
      classNames: plan.classNames,
      datasetSize: planned.images.length,
      targetSteps: plan.targetSteps,
      targetMinutes: plan.targetMinutes,
    })
    const folder = runFolder(project.folder, run.id)
    const file = join(folder, 'set.bin')
    const { size, channels } = plan
    return this.#launch(project, run, async () => {
      const { classes, images } = planned
      await this.#images.pack({ images, size, channels, imagesFolder: imagesFolder(project.folder), file })
      const task: RunTask = { plan, set: { file: 'set.bin', size, channels, classes } }
      await writeRunTask(folder, task)
      return { task, resumeFrom: null }
    })
  }

  /** Continues a run that was stopped, interrupted or has reached its limit, from its newest checkpoint. */
  async resume(project: Project, input: RequestInput<'runs.resume'>): Promise<RunSummary> {
    const run = getRun(project.db, input.runId)
    const checkpoint = latestCheckpoint(project.db, run.id)
    if (checkpoint === null) {
      throw new FlawsmithError(
        'run_has_no_checkpoint',
        `Run ${run.id} ended before its first checkpoint. Start it again.`,
        {
          run: run.id,
        },
      )
    }
    const targetSteps = input.steps ?? run.targetSteps
    const targetMinutes = input.minutes ?? run.targetMinutes
    const stepsDone = targetSteps !== null && checkpoint.step >= targetSteps
    const minutesDone = targetMinutes !== null && run.status === 'finished' && run.seconds >= targetMinutes * 60
    if (stepsDone || minutesDone) {
      throw new FlawsmithError(
        'run_not_resumable',
        `Run ${run.id} has reached its limit (step ${checkpoint.step}). Give a higher number of steps or minutes.`,
        { run: run.id, step: checkpoint.step },
      )
    }
    const engine = await this.#engines.choose(run.engine)
    this.#refuseSecondRun()
    const folder = runFolder(project.folder, run.id)
    const stored = await readRunTask(folder)
    const task: RunTask = { ...stored, plan: { ...stored.plan, engine, targetSteps, targetMinutes } }
    deleteMetricsAfter(project.db, { runId: run.id, step: checkpoint.step })
    const resumed = startRun(project.db, {
      runId: run.id,
      targetSteps,
      targetMinutes,
      versions: { flawsmith: version },
    })
    return this.#launch(project, resumed, async () => {
      await writeRunTask(folder, task)
      return { task, resumeFrom: join(project.folder, checkpoint.file) }
    })
  }

  /** Ends the run after its current step, with a last checkpoint and snapshot. */
  stop(runId: RunId): void {
    if (this.#active?.runId !== runId) return
    this.#active.stopping = true
    this.#active.trainer?.stop()
  }

  /** Stops what runs and waits for it; the run is marked as interrupted and can be resumed. */
  async close(): Promise<void> {
    const active = this.#active
    if (active === null) return
    this.#closing = true
    this.stop(active.runId)
    const force = setTimeout(() => active.trainer?.kill(), stopTimeoutMs)
    await active.finished
    clearTimeout(force)
    this.#closing = false
  }

  #refuseSecondRun(): void {
    if (this.#active === null) return
    throw new FlawsmithError(
      'run_active',
      `Run ${this.#active.runId} is training. Stop it first, or wait for its end.`,
      {
        run: this.#active.runId,
      },
    )
  }

  #launch(
    project: Project,
    run: RunSummary,
    prepare: () => Promise<{ readonly task: RunTask; readonly resumeFrom: string | null }>,
  ): RunSummary {
    const active: ActiveRun = { runId: run.id, trainer: null, stopping: false, finished: Promise.resolve() }
    const finished = this.#trainToEnd(project, active, prepare)
      .catch((thrown: unknown): Ending => {
        if (!(thrown instanceof FlawsmithError)) this.#log.error({ err: thrown, run: run.id }, 'run failed')
        return { status: 'failed', end: 'failed', message: thrown instanceof Error ? thrown.message : String(thrown) }
      })
      .then((ending) => {
        this.#active = null
        this.#events.emit('runs.changed', finishRun(project.db, { runId: run.id, ...ending }))
      })
    this.#active = Object.assign(active, { finished })
    this.#events.emit('runs.changed', run)
    return run
  }

  async #trainToEnd(
    project: Project,
    active: ActiveRun,
    prepare: () => Promise<{ readonly task: RunTask; readonly resumeFrom: string | null }>,
  ): Promise<Ending> {
    const { task, resumeFrom } = await prepare()
    if (active.stopping) return { status: 'stopped', end: 'stopped', message: null }
    const folder = runFolder(project.folder, active.runId)
    const record = new RunRecorder({ project, runId: active.runId, task, events: this.#events })
    let ending: Ending | null = null
    const trainer = new TrainerProcess({
      runtime: this.#runtime,
      task: {
        kind: 'train',
        plan: task.plan,
        set: { ...task.set, file: join(folder, task.set.file) },
        folder,
        imagesFolder: imagesFolder(project.folder),
        snapshotEverySeconds,
        checkpointEverySeconds,
        resumeFrom,
      },
      onReport: (report) => {
        try {
          ending = endingOf(report, this.#closing) ?? ending
          record.add(report)
        } catch (thrown) {
          // The database refused (disk full, folder gone): nothing more can be recorded, so nothing more is trained.
          this.#log.error({ err: thrown, run: active.runId }, 'could not record a training report')
          ending = {
            status: 'failed',
            end: 'failed',
            message: thrown instanceof Error ? thrown.message : String(thrown),
          }
          trainer.kill()
        }
      },
    })
    active.trainer = trainer
    // Stopped while the process was being made: it has not heard of it yet.
    if (active.stopping) trainer.stop()
    const exit = await trainer.exited
    record.flush()
    return ending ?? { status: 'interrupted', end: 'died', message: describeDeath('training', exit).message }
  }
}

function endingOf(report: TrainerReport, closing: boolean): Ending | null {
  if (report.kind === 'failed') {
    const diverged = report.failure.code === 'training_diverged'
    return { status: 'failed', end: diverged ? 'diverged' : 'failed', message: report.failure.message }
  }
  if (report.kind !== 'ended') return null
  if (report.reason === 'stopped') return { status: closing ? 'interrupted' : 'stopped', end: 'stopped', message: null }
  return { status: 'finished', end: report.reason === 'minutes' ? 'minutes' : 'steps', message: null }
}
