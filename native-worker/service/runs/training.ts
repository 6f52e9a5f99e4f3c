import { FlawsmithError, toFailure } from '../../../contract/errors.ts'
import { findRecipe } from '../../trainer/recipes/registry.ts'
import type { RunId } from '../../../contract/ids.ts'
import type { RunOrigin } from '../../../contract/run-origin.ts'
import type { TrainNow } from '../../../contract/schedule.ts'
import type { RequestInput } from '../../../contract/service.ts'
import type { RunSummary } from '../../../contract/training.ts'
import type { Project } from '../../project/open-project.ts'
import { getCheckpoint, latestCheckpoint } from '../../project/storage/checkpoints.ts'
import { makeFolderInside } from '../../files/files-inside.ts'
import { resolveInside } from '../../files/resolve-inside.ts'
import { sha256Of } from '../../files/sha256-of.ts'
import { asStorageFailure } from '../../files/storage-failure.ts'
import { writeWhole } from '../../files/write-whole.ts'
import {
  getRun,
  holdRun,
  insertRun,
  type NewRun,
  listWaitingRuns,
  markWaiting,
  queueRun,
} from '../../project/storage/runs.ts'
import type { SqliteOptions } from '../../project/storage/connect.ts'
import { insertRunOrigin } from '../../project/storage/run-origins.ts'
import { summarizeDataset } from '../../project/storage/classes.ts'
import { inTransaction } from '../../project/storage/query.ts'
import { lockSplits, readSplits } from '../../project/storage/splits.ts'
import type { ComputeRuntime } from '../children/compute-runtime.ts'
import type { Engines } from '../children/engines.ts'
import type { EventHub } from '../ports/event-hub.ts'
import { compareBeforeLock, compareUndivided } from '../compare-images.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { writeImageList } from './image-list.ts'
import type { ImagesClient } from '../../../contract/images.ts'
import type { Log } from '../log.ts'
import { planRun, type PlannedRun } from './plan-run.ts'
import { prepareRun } from './prepare-run.ts'
import type { RunTask } from './run-task.ts'
import { readRunTask, writeRunTask } from './run-task.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { Override } from '../schedule/schedule-rules.ts'
import { findRunToStartFrom, withBase } from './run-to-start-from.ts'
import { copyOrigin } from './copy-origin.ts'
import type { RecipeEngines } from './recipe-engines.ts'
import { RunEndings } from './run-endings.ts'
import type { Ending } from './training-run.ts'
import { endedBadly, endedWell, TrainingRun } from './training-run.ts'
import { version } from '../version.ts'

interface TrainingParts {
  readonly jobs: Jobs
  readonly runtime: ComputeRuntime
  readonly engines: Engines
  readonly recipeEngines: RecipeEngines
  readonly images: ImagesClient
  readonly events: EventHub
  readonly schedule: Schedule
  readonly log: Log
  readonly sqlite: SqliteOptions
}

interface QueuedRun {
  readonly project: Project
  readonly runId: RunId
  /** As on record. */
  waitsFor: RunSummary['waitsFor']
  override: Override | null
  /** It waited when the project came to this machine, and nobody has let it start. */
  held: boolean
  /** Null until its turn comes, and again while the schedule holds it. */
  sitting: TrainingRun | null
}

/** Records runs and trains them in turn, when the schedule lets them: two at a time would halve the speed of both. */
export class Training {
  readonly #parts: TrainingParts
  /** One of them trains; the others wait, in this order. */
  #queue: readonly QueuedRun[] = []
  #draining: Promise<void> | null = null
  readonly #endings: RunEndings
  #closing = false

  constructor(parts: TrainingParts) {
    this.#parts = parts
    this.#endings = new RunEndings(parts)
    parts.schedule.onChange(() => {
      this.#followSchedule()
    })
  }

  /** The run that trains now, or is about to; null where all of them wait for the schedule. */
  get active(): RunId | null {
    return this.#queue.find(({ sitting, waitsFor }) => sitting !== null || waitsFor === null)?.runId ?? null
  }

  /** A run with its end, where that is not on record yet. */
  complete<Run extends RunSummary>(run: Run): Run {
    return this.#endings.complete(run)
  }

  /**
   * Checks the request against the recipe and the data, records the run and queues it. Images that were never compared are so first, as
   * a job: the first run locks the splits, and in a locked project these have no side yet.
   */
  async start(
    project: Project,
    { signal, ...asked }: RequestInput<'runs.start'> & { readonly signal: AbortSignal },
  ): Promise<RunSummary> {
    const found = await findRunToStartFrom(project, { asked, sqlite: this.#parts.sqlite })
    const input = withBase(asked, found)
    await compareUndivided(project, { ...this.#parts, signal })
    const asItIs = planRun(project, input)
    const isDividedAnew = await compareBeforeLock(project, { ...this.#parts, signal })
    const planned = isDividedAnew ? planRun(project, input) : asItIs
    const engine = await this.#parts.recipeEngines.choose(planned, {
      wanted: input.engine,
      signal,
      isBusy: () => this.active !== null || this.#parts.jobs.active().length > 0,
    })
    const plan = { ...planned.plan, engine }
    const run = this.#record(project, {
      recipe: plan.recipe,
      classId: input.classId ?? null,
      status: 'queued',
      size: plan.size,
      engine,
      seed: plan.seed,
      parameters: plan.parameters,
      versions: { flawsmith: version },
      classNames: plan.classNames,
      datasetSize: planned.images.length,
      targetSteps: plan.targetSteps,
      targetMinutes: plan.targetMinutes,
      origin: found?.origin ?? null,
    })
    try {
      const { size, channels } = plan
      makeFolderInside(project.folder, `runs/${run.id}`)
      // Before the list: a run that has one has its base.
      const start = await copyOrigin(project, { runId: run.id, found })
      await writeImageList(project, { runId: run.id, images: planned.images })
      await writeRunTask(project, {
        runId: run.id,
        task: {
          plan,
          set: {
            ...{ file: 'set.bin', size, channels, classes: planned.classes },
            ...(await this.#writeMarks(project, { runId: run.id, planned })),
          },
          ...start,
        },
      })
    } catch (thrown) {
      const expected = asStorageFailure(thrown, project.folder)
      const message = expected instanceof Error ? expected.message : String(expected)
      const ending = endedBadly('failed', { ...toFailure(expected), message })
      return this.#endings.record(project, { runId: run.id, ending: { status: 'failed', ...ending } })
    }
    return this.#enqueue(project, { run, now: input.now })
  }

  /** What else than images a run of a recipe that moves defects is made of, as it is now: it may have to wait for its turn. */
  async #writeMarks(
    { folder }: Project,
    { runId, planned: { transplant } }: { readonly runId: RunId; readonly planned: PlannedRun },
  ): Promise<Pick<RunTask['set'], 'marks' | 'freeOfDefects'>> {
    if (transplant === undefined) return {}
    const { marks, freeOfDefects } = transplant
    await writeWhole(resolveInside(folder, `runs/${runId}/marks.bin`), marks)
    return { marks: { file: 'marks.bin', sha256: sha256Of(marks) }, freeOfDefects }
  }

  /** The first run fixes which images it may not see. */
  #record({ db }: Project, { origin, ...run }: NewRun & { readonly origin: RunOrigin | null }): RunSummary {
    const wasLocked = readSplits(db).lockedAt !== null
    const recorded = inTransaction(db, () => {
      const inserted = insertRun(db, run)
      if (origin !== null) insertRunOrigin(db, { runId: inserted.id, origin })
      lockSplits(db, { run: inserted.id })
      return inserted
    })
    if (!wasLocked) this.#parts.events.emit('dataset.changed', summarizeDataset(db))
    return recorded
  }

  /** Continues a run that was stopped, interrupted or has reached its limit, from its newest or a named checkpoint. */
  async resume(project: Project, input: RequestInput<'runs.resume'>): Promise<RunSummary> {
    this.#endings.recordPending()
    const run = this.complete(getRun(project.db, input.runId))
    if (this.#find(run.id) !== undefined) {
      throw new FlawsmithError('run_active', `Run ${run.id} is training or waiting already.`, { run: run.id })
    }
    const checkpoint =
      input.fromStep === undefined
        ? latestCheckpoint(project.db, run.id)
        : getCheckpoint(project.db, { runId: run.id, step: input.fromStep })
    // One that waited for the schedule in another process may not have begun yet.
    if (checkpoint === null && run.status !== 'queued') {
      const message = `Run ${run.id} ended before its first checkpoint. Start it again.`
      throw new FlawsmithError('run_has_no_checkpoint', message, { run: run.id })
    }
    if (checkpoint !== null && !findRecipe(run.recipe).trains) {
      const message = `Run ${run.id} composes without training: there is nothing to continue. Generate samples from it.`
      throw new FlawsmithError('run_not_resumable', message, { run: run.id })
    }
    const targetSteps = input.steps ?? run.targetSteps
    const targetMinutes = input.minutes ?? run.targetMinutes
    const step = checkpoint?.step ?? 0
    const stepsDone = targetSteps !== null && step >= targetSteps
    const estimated = input.fromStep === undefined && run.status === 'finished' ? run.seconds : 0
    const minutesDone = targetMinutes !== null && (checkpoint?.seconds ?? estimated) >= targetMinutes * 60
    if (stepsDone || minutesDone) {
      throw new FlawsmithError(
        'run_not_resumable',
        `Run ${run.id} has reached its limit (step ${step}). Give a higher number of steps or minutes.`,
        { run: run.id, step },
      )
    }
    const engine = await this.#parts.engines.choose(run.engine)
    const stored = readRunTask(project, run.id)
    const task: RunTask = { ...stored, plan: { ...stored.plan, engine, targetSteps, targetMinutes } }
    await writeRunTask(project, { runId: run.id, task })
    const continueFrom = checkpoint?.step ?? null
    const queued = queueRun(project.db, { runId: run.id, targetSteps, targetMinutes, continueFrom })
    return this.#enqueue(project, { run: queued, now: input.now })
  }

  /** Lets the runs wait again that waited for the schedule when the project was closed or its process ended; `held` ones for more. */
  restore(project: Project, { held }: { readonly held: readonly RunId[] }): void {
    const waiting = listWaitingRuns(project.db).filter(({ id }) => this.#find(id) === undefined)
    const queued = waiting.map(({ id, waitsFor }) => ({
      project,
      runId: id,
      waitsFor,
      override: null,
      held: held.includes(id),
      sitting: null,
    }))
    this.#queue = [...this.#queue, ...queued]
    this.#followSchedule()
  }

  /** All that wait follow the schedule from now on. */
  release(): void {
    for (const run of this.#queue) run.held = false
    this.#followSchedule()
  }

  /** The user's word against the schedule, for a run that waits for it or is about to. */
  trainNow(runId: RunId, now: TrainNow): void {
    const run = this.#find(runId)
    if (run === undefined) return
    run.held = false
    run.override = this.#parts.schedule.override(now)
    this.#followSchedule()
  }

  /** A run that trains ends with a last checkpoint; one that waits will not start. */
  stop(runId: RunId): void {
    const run = this.#find(runId)
    if (run === undefined) return
    if (run.sitting === null) this.#end(run, { status: 'stopped', ...endedWell('stopped') })
    else run.sitting.stop('stopped')
  }

  /**
   * Stops what trains, and waits for it. Runs that wait for the schedule wait on when the project is opened again;
   * the others are `interrupted` and can be resumed.
   */
  async close(): Promise<void> {
    this.#closing = true
    for (const run of this.#queue) {
      if (run.sitting !== null) run.sitting.stop('interrupted')
      else if (run.waitsFor === null) this.#end(run, { status: 'interrupted', ...endedWell('stopped') })
    }
    await this.#draining
    this.#endings.close()
    this.#queue = []
    this.#closing = false
  }

  #find(runId: RunId): QueuedRun | undefined {
    return this.#queue.find((run) => run.runId === runId)
  }

  #enqueue(project: Project, { run, now }: { run: RunSummary; now: TrainNow | undefined }): RunSummary {
    const { schedule } = this.#parts
    const override = now === undefined ? null : schedule.override(now)
    const waitsFor = schedule.reasonFor(override)
    const queued = waitsFor === null ? run : markWaiting(project.db, { runId: run.id, waitsFor })
    this.#queue = [...this.#queue, { project, runId: run.id, waitsFor, override, held: false, sitting: null }]
    this.#tell(queued)
    this.#startNext()
    return queued
  }

  /** Records for each run what it waits for now, holds the one that trains if it may not, or lets the next one train. */
  #followSchedule(): void {
    if (this.#closing) return
    const { schedule } = this.#parts
    for (const run of this.#queue.filter(({ held }) => !held)) {
      // Training on battery was allowed while there was nothing else.
      if (schedule.power === 'mains' && run.override?.onBattery === true) {
        run.override = { ...run.override, onBattery: false }
      }
      const reason = schedule.reasonFor(run.override)
      // Once told to pause, the trainer does so; the run goes on afterwards.
      if (run.sitting !== null && reason === null) continue
      if (reason !== run.waitsFor) {
        run.waitsFor = reason
        this.#tellWaiting(run)
      }
      run.sitting?.stop('held')
    }
    this.#startNext()
  }

  #startNext(): void {
    if (this.#draining === null && this.#next() !== undefined) this.#draining = this.#drain()
  }

  #next(): QueuedRun | undefined {
    return this.#closing ? undefined : this.#queue.find(({ waitsFor }) => waitsFor === null)
  }

  async #drain(): Promise<void> {
    const { runtime, events, images, log } = this.#parts
    for (let run = this.#next(); run !== undefined; run = this.#next()) {
      const { project, runId } = run
      const prepare = (): ReturnType<typeof prepareRun> => prepareRun(project, { runId, images })
      run.sitting = new TrainingRun({ project, runId, prepare, runtime, events, log })
      const ending = await run.sitting.trainToEnd()
      run.sitting = null
      if (ending !== 'held') this.#end(run, ending)
      else {
        this.#tellHeld(run)
        this.#followSchedule()
      }
    }
    this.#draining = null
  }

  #end({ project, runId }: QueuedRun, ending: Ending): void {
    this.#queue = this.#queue.filter((run) => run.runId !== runId)
    this.#endings.record(project, { runId, ending })
  }

  /** What a disk refuses here is known to this service only: a run that waits is found cut off, and waits again, after its end. */
  #tellWaiting({ project, runId, waitsFor }: QueuedRun): void {
    this.#tellRecorded(project, { runId, waitsFor }, () => markWaiting(project.db, { runId, waitsFor }))
  }

  #tellHeld({ project, runId, waitsFor }: QueuedRun): void {
    this.#tellRecorded(project, { runId, waitsFor, status: 'queued' }, () => holdRun(project.db, runId))
  }

  /** Called by timers, where nobody hears of a failure. */
  #tellRecorded(
    { db }: Project,
    { runId, ...state }: Pick<RunSummary, 'waitsFor'> & { readonly runId: RunId; readonly status?: 'queued' },
    record: () => RunSummary,
  ): void {
    try {
      this.#tell(record())
    } catch (thrown) {
      this.#parts.log.warn({ err: thrown, run: runId, ...state }, 'the state of a run could not be recorded')
      this.#tell({ ...getRun(db, runId), ...state })
    }
  }

  #tell(run: RunSummary): void {
    this.#parts.events.emit('runs.changed', run)
  }
}
