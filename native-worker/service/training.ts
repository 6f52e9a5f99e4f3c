import { join } from 'node:path'
import { FlawsmithError } from '../../contract/errors.ts'
import type { RunId } from '../../contract/ids.ts'
import type { RequestInput } from '../../contract/service.ts'
import type { RunSummary } from '../../contract/training.ts'
import type { Project } from '../library/open-project.ts'
import { getCheckpoint, latestCheckpoint } from '../storage/checkpoints.ts'
import { imagesFolder, runFolder } from '../storage/project-paths.ts'
import { finishRun, getRun, insertRun, queueRun } from '../storage/runs.ts'
import type { ComputeRuntime } from './compute-runtime.ts'
import type { Engines } from './engines.ts'
import { clearLeftovers } from './clear-leftovers.ts'
import type { EventHub } from './event-hub.ts'
import { forgetAfter } from './forget-after.ts'
import type { ImagesClient } from './images-client.ts'
import type { Log } from './log.ts'
import { planRun } from './plan-run.ts'
import type { RunTask } from './run-task.ts'
import { readRunTask, writeRunTask } from './run-task.ts'
import type { PreparedRun } from './training-run.ts'
import { TrainingRun } from './training-run.ts'
import { version } from './version.ts'

interface TrainingParts {
  readonly runtime: ComputeRuntime
  readonly engines: Engines
  readonly images: ImagesClient
  readonly events: EventHub
  readonly log: Log
}

/** Records runs and trains them in turn: two at a time would halve the speed of both. */
export class Training {
  readonly #parts: TrainingParts
  /** The first one trains; the others wait. */
  #queue: readonly TrainingRun[] = []
  #draining: Promise<void> | null = null

  constructor(parts: TrainingParts) {
    this.#parts = parts
  }

  /** The run that trains now; null where none does. */
  get active(): RunId | null {
    return this.#queue[0]?.runId ?? null
  }

  /** Checks the request against the recipe and the data, records the run and queues it. */
  async start(project: Project, input: RequestInput<'runs.start'>): Promise<RunSummary> {
    const planned = planRun(project, input)
    const engine = await this.#parts.engines.choose(input.engine)
    const plan = { ...planned.plan, engine }
    const run = insertRun(project.db, {
      recipe: plan.recipe,
      classId: input.classId ?? null,
      status: 'queued',
      engine,
      seed: plan.seed,
      parameters: plan.parameters,
      versions: { flawsmith: version },
      classNames: plan.classNames,
      datasetSize: planned.images.length,
      targetSteps: plan.targetSteps,
      targetMinutes: plan.targetMinutes,
    })
    return this.#enqueue(project, run, async () => {
      const folder = runFolder(project.folder, run.id)
      const { size, channels } = plan
      const { classes, images } = planned
      const task: RunTask = { plan, set: { file: 'set.bin', size, channels, classes } }
      await writeRunTask(folder, task)
      await this.#parts.images.pack({
        images,
        size,
        channels,
        imagesFolder: imagesFolder(project.folder),
        file: join(folder, task.set.file),
      })
      return { task, resumeFrom: null }
    })
  }

  /** Continues a run that was stopped, interrupted or has reached its limit, from its newest or a named checkpoint. */
  async resume(project: Project, input: RequestInput<'runs.resume'>): Promise<RunSummary> {
    const run = getRun(project.db, input.runId)
    if (this.#find(run.id) !== undefined) {
      throw new FlawsmithError('run_active', `Run ${run.id} is training or waiting already.`, { run: run.id })
    }
    const checkpoint =
      input.fromStep === undefined
        ? latestCheckpoint(project.db, run.id)
        : getCheckpoint(project.db, { runId: run.id, step: input.fromStep })
    if (checkpoint === null) {
      const message = `Run ${run.id} ended before its first checkpoint. Start it again.`
      throw new FlawsmithError('run_has_no_checkpoint', message, { run: run.id })
    }
    const targetSteps = input.steps ?? run.targetSteps
    const targetMinutes = input.minutes ?? run.targetMinutes
    const stepsDone = targetSteps !== null && checkpoint.step >= targetSteps
    const fromEnd = input.fromStep === undefined && run.status === 'finished'
    const minutesDone = targetMinutes !== null && fromEnd && run.seconds >= targetMinutes * 60
    if (stepsDone || minutesDone) {
      throw new FlawsmithError(
        'run_not_resumable',
        `Run ${run.id} has reached its limit (step ${checkpoint.step}). Give a higher number of steps or minutes.`,
        { run: run.id, step: checkpoint.step },
      )
    }
    const engine = await this.#parts.engines.choose(run.engine)
    const folder = runFolder(project.folder, run.id)
    const stored = await readRunTask(folder)
    const task: RunTask = { ...stored, plan: { ...stored.plan, engine, targetSteps, targetMinutes } }
    const queued = queueRun(project.db, { runId: run.id, targetSteps, targetMinutes })
    return this.#enqueue(project, queued, async () => {
      await forgetAfter(project, { runId: run.id, step: checkpoint.step })
      await clearLeftovers(project, run.id)
      await writeRunTask(folder, task)
      return { task, resumeFrom: join(project.folder, checkpoint.file) }
    })
  }

  /** A run that trains ends with a last checkpoint; one that waits will not start. */
  stop(runId: RunId): void {
    this.#find(runId)?.stop('stopped')
  }

  /** Stops what trains and what waits, and waits for it; these runs are `interrupted` and can be resumed. */
  async close(): Promise<void> {
    for (const run of this.#queue) run.stop('interrupted')
    await this.#draining
  }

  #find(runId: RunId): TrainingRun | undefined {
    return this.#queue.find((run) => run.runId === runId)
  }

  #enqueue(project: Project, run: RunSummary, prepare: () => Promise<PreparedRun>): RunSummary {
    const { runtime, events, log } = this.#parts
    this.#queue = [...this.#queue, new TrainingRun({ project, runId: run.id, prepare, runtime, events, log })]
    events.emit('runs.changed', run)
    this.#draining ??= this.#drain()
    return run
  }

  async #drain(): Promise<void> {
    for (let run = this.#queue[0]; run !== undefined; run = this.#queue[0]) {
      const ending = await run.trainToEnd()
      this.#queue = this.#queue.slice(1)
      this.#parts.events.emit('runs.changed', finishRun(run.project.db, { runId: run.runId, ...ending }))
    }
    this.#draining = null
  }
}
