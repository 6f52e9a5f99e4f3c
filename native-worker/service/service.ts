import * as v from 'valibot'
import { FlawsmithError, toFailure } from '../../contract/errors.ts'
import type { EngineName } from '../../contract/engines.ts'
import type { PowerSource } from '../../contract/schedule.ts'
import { noSchedule } from '../../contract/schedule.ts'
import type { RequestInput, Verb } from '../../contract/service.ts'
import { FolderPath } from '../../contract/project.ts'
import { describeRefusedInput, findRefusedInput, refusedInputDetails } from '../../contract/refused-input.ts'
import { requestSchemas } from '../../contract/service.ts'
import { maxShownFolders } from '../../contract/service-process.ts'
import type { TrainerTask } from '../../contract/trainer.ts'
import type { AppFolders } from '../files/app-folders.ts'
import { asStorageFailure } from '../files/storage-failure.ts'
import { childEnvironment } from './children/child-environment.ts'
import type { ComputeRuntime } from './children/compute-runtime.ts'
import { CurrentProject } from './current-project.ts'
import { Engines } from './children/engines.ts'
import { DrawingSpeed } from './runs/drawing-speed.ts'
import { Estimates } from './runs/estimates.ts'
import { EventHub } from './ports/event-hub.ts'
import { appHandlers } from './handlers/app.ts'
import { changeHandlers } from './handlers/changes.ts'
import { classHandlers } from './handlers/classes.ts'
import { datasetHandlers } from './handlers/dataset.ts'
import { groupHandlers } from './handlers/groups.ts'
import { engineHandlers } from './handlers/engines.ts'
import { exportHandlers } from './handlers/exports.ts'
import { reportHandlers } from './handlers/reports.ts'
import { frameCache } from './frame-cache.ts'
import { frameHandlers } from './handlers/frames.ts'
import type { Handler, Handlers } from './handlers/handlers.ts'
import { mapHandlers } from './handlers/map.ts'
import { markHandlers } from './handlers/marks.ts'
import { conflictHandlers } from './handlers/conflicts.ts'
import { imageHandlers } from './handlers/images.ts'
import { problemHandlers } from './handlers/problems.ts'
import { projectHandlers } from './handlers/projects.ts'
import { reviewHandlers } from './handlers/review.ts'
import { runHandlers } from './handlers/runs.ts'
import { sampleHandlers } from './handlers/samples.ts'
import { scheduleHandlers } from './handlers/schedule.ts'
import { scoreHandlers } from './handlers/scores.ts'
import { upliftHandlers } from './handlers/uplift.ts'
import { createImagesClient } from './children/images-client.ts'
import { Jobs } from './jobs/jobs.ts'
import type { Log } from './log.ts'
import { runTrainerTask } from './children/run-trainer-task.ts'
import { Schedule } from './schedule/schedule.ts'
import { ScheduleFile } from './schedule/schedule-file.ts'
import type { ServiceContext } from './service-context.ts'
import { KnownProjects } from './known-projects.ts'
import { RecipeEngines } from './runs/recipe-engines.ts'
import { StepBook } from './runs/step-book.ts'
import { RunHold } from './runs/run-hold.ts'
import { Training } from './runs/training.ts'
import { listExports } from '../project/storage/exports.ts'
import { listRecentProjects } from './recent-projects.ts'
import { version } from './version.ts'
import type { PagePrinter } from './printing/page-printer.ts'
import type { Warnings } from './warnings.ts'

type BenchTask = Omit<TrainerTask & { kind: 'bench' }, 'kind' | 'engine'> & { readonly engine: EngineName | undefined }

const isVerb = (verb: string): verb is Verb => Object.hasOwn(requestSchemas, verb)

/**
 * Everything Flawsmith does, behind validated requests and typed events. The window reaches it over a port,
 * the command line calls it in its own process; it knows neither.
 */
export class Service {
  readonly events: EventHub
  readonly warnings: Warnings
  readonly #context: ServiceContext
  readonly #handlers: Handlers
  #reports: readonly string[] = []

  constructor({
    folders,
    runtime,
    sqliteBinding,
    log,
    warnings,
    keepsSchedule,
    printer = null,
  }: {
    folders: AppFolders
    runtime: ComputeRuntime
    sqliteBinding: string | null
    log: Log
    warnings: Warnings
    /** False for the command line: each command says what it waits for. */
    keepsSchedule: boolean
    printer?: PagePrinter | null
  }) {
    const events = new EventHub()
    const project = new CurrentProject()
    const images = createImagesClient({
      node: runtime.nodePath,
      entry: runtime.imagesEntry,
      env: childEnvironment(),
      onLog: (text) => {
        log.info({ text }, 'images child')
      },
    })
    const engines = new Engines({ cacheFolder: folders.cache, runtime, version, log, warnings })
    const file = keepsSchedule ? new ScheduleFile({ dataFolder: folders.data, log, warnings }) : null
    const schedule = new Schedule({ schedule: file?.read() ?? noSchedule, file, events })
    const jobs = new Jobs({
      events,
      log,
      expect: (thrown) => asStorageFailure(thrown, project.get()?.folder ?? folders.data),
    })
    const machineKey = (): Promise<string> => engines.machineKey()
    const stepBook = new StepBook({ cacheFolder: folders.cache, machineKey, log, warnings })
    const recipeEngines = new RecipeEngines({ engines, runtime, book: stepBook, log, events })
    const sqlite = { sqliteBinding }
    const training = new Training({ jobs, runtime, engines, recipeEngines, images, events, schedule, log, sqlite })
    const context: ServiceContext = {
      folders,
      runtime,
      sqliteBinding,
      log,
      warnings,
      events,
      project,
      images,
      engines,
      stepBook,
      jobs,
      training,
      hold: new RunHold({ known: new KnownProjects({ dataFolder: folders.data, log, warnings }), events }),
      estimates: new Estimates({ recipeEngines, training, jobs, events, sqlite }),
      drawingSpeed: new DrawingSpeed(),
      schedule,
      keepsSchedule,
      printer,
    }
    events.listen(({ name, payload }) => {
      if (name !== 'jobs.finished' || payload.kind !== 'reports.write' || !payload.outcome.ok) return
      this.#reports = [payload.outcome.result.out, ...this.#reports]
    })
    this.events = events
    this.warnings = warnings
    warnings.listen((warning) => {
      events.emit('app.warned', warning)
    })
    this.#context = context
    this.#handlers = {
      ...appHandlers(context),
      ...engineHandlers(context),
      ...projectHandlers(context),
      ...datasetHandlers(context),
      ...frameHandlers(context),
      ...markHandlers(context),
      ...groupHandlers(context),
      ...imageHandlers(context),
      ...conflictHandlers(context),
      ...classHandlers(context),
      ...changeHandlers(context),
      ...problemHandlers(context),
      ...runHandlers(context),
      ...mapHandlers(context),
      ...upliftHandlers(context),
      ...scheduleHandlers(context),
      ...sampleHandlers(context),
      ...reviewHandlers(context),
      ...scoreHandlers(context),
      ...exportHandlers(context),
      ...reportHandlers(context),
    }
  }

  /** @throws FlawsmithError `invalid_request` for an unknown verb or a wrong input, else what the handler throws. */
  async request({
    verb,
    input,
    signal,
    admit,
  }: {
    verb: string
    input: unknown
    signal: AbortSignal
    /** Refuses what this client may not ask for, by throwing; called with the checked input. */
    admit?: <V extends Verb>(verb: V, input: RequestInput<V>) => Promise<void>
  }): Promise<unknown> {
    if (!isVerb(verb)) throw new FlawsmithError('invalid_request', `There is no request “${verb}”.`, { verb })
    const checked = v.safeParse(requestSchemas[verb], input)
    if (!checked.success) {
      const refused = findRefusedInput(requestSchemas[verb], checked.issues)
      if (refused !== null)
        throw new FlawsmithError('invalid_request', describeRefusedInput(refused), refusedInputDetails(refused))
      const problem = v.summarize(checked.issues)
      throw new FlawsmithError('invalid_request', `${verb}: ${problem}`, { verb, problem })
    }
    try {
      await admit?.(verb, checked.output as never)
      return await (this.#handlers[verb] as Handler<typeof verb>)(checked.output, {
        signal,
      })
    } catch (raised) {
      const thrown = asStorageFailure(raised, this.openProjectFolder() ?? this.#context.folders.data)
      if (!(thrown instanceof FlawsmithError)) this.#context.log.error({ err: thrown, verb }, 'request failed')
      throw thrown
    }
  }

  /** Times training steps outside any project. */
  async benchEngine({
    engine,
    ...task
  }: BenchTask): Promise<{ readonly engine: EngineName; readonly stepMs: readonly number[] }> {
    const chosen = await this.#context.engines.choose(engine)
    let stepMs: readonly number[] = []
    await runTrainerTask({
      runtime: this.#context.runtime,
      task: { kind: 'bench', engine: chosen, ...task },
      signal: new AbortController().signal,
      onReport: (report) => {
        if (report.kind === 'benched') stepMs = report.stepMs
      },
    })
    return { engine: chosen, stepMs }
  }

  /** Whoever starts the service tells it what the machine runs on: it cannot ask Electron. */
  setPower(source: PowerSource): void {
    this.#context.schedule.setPower(source)
  }

  openProjectFolder(): string | null {
    return this.#context.project.get()?.folder ?? null
  }

  /** Opens what was open when the app or the service ended; where that fails, the window can ask why. */
  async reopen(folder: string): Promise<void> {
    try {
      await this.request({ verb: 'projects.open', input: { folder }, signal: new AbortController().signal })
    } catch (thrown) {
      this.#context.project.notReopened = { folder, failure: toFailure(thrown) }
    }
  }

  /** Tiles and previews of frames, by their hash. */
  framePicturesFolder(): string {
    return frameCache(this.#context.folders.cache).picturesFolder
  }

  /** What a window may show in the file manager: the open project, its newest exports, reports of this sitting, Flawsmith's own folders. */
  shownFolders(): readonly string[] {
    const { data, cache, logs } = this.#context.folders
    const project = this.#context.project.get()
    const own = project === null ? [] : [project.folder, ...listExports(project.db).map(({ out }) => out)]
    // A project of somebody else's may have anything on record.
    return [data, cache, logs, ...this.#reports, ...own]
      .filter((folder) => v.is(FolderPath, folder))
      .slice(0, maxShownFolders)
  }

  /** Projects that were open on this machine, and what may be shown: a window may read these without being given them. */
  async foldersOnRecord(): Promise<readonly string[]> {
    const recent = await listRecentProjects(this.#context.folders.data)
    return [...recent.map(({ folder }) => folder), ...this.shownFolders()]
  }

  /** Stops training with a last checkpoint, cancels jobs, closes the database, ends the children. */
  async close(): Promise<void> {
    this.#context.schedule.close()
    await this.#context.estimates.stop()
    await this.#context.training.close()
    await this.#context.jobs.cancelAll()
    this.#context.project.close()
    this.#context.images.close()
  }
}
