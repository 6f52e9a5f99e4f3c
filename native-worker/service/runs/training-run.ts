import { toFailure } from '../../../contract/errors.ts'
import type { Failure, FailureCause } from '../../../contract/errors.ts'
import type { RunId } from '../../../contract/ids.ts'
import type { TrainerReport, TrainerTask, TrainingSet } from '../../../contract/trainer.ts'
import type { RunEnd, RunStatus } from '../../../contract/training.ts'
import type { Project } from '../../project/open-project.ts'
import { runFolder } from '../../files/project-paths.ts'
import { resolveInside } from '../../files/resolve-inside.ts'
import { asStorageFailure } from '../../files/storage-failure.ts'
import { clearLeftovers } from './clear-leftovers.ts'
import type { ComputeRuntime } from '../children/compute-runtime.ts'
import type { EventHub } from '../ports/event-hub.ts'
import type { Log } from '../log.ts'
import { RunRecorder } from './run-recorder.ts'
import type { RunTask } from './run-task.ts'
import type { PreparedRun } from './prepare-run.ts'
import { describeDeath } from '../children/run-trainer-task.ts'
import { TrainerProcess } from '../children/trainer-process.ts'

const snapshotEverySeconds = 10
/** A shorter time loses less when the power fails and writes more. */
const checkpointEverySeconds = Number(process.env['FLAWSMITH_CHECKPOINT_SECONDS']) || 30
/** A trainer that is told to stop has this long for its step and its last checkpoint. */
const stopTimeoutMs = 60_000

type TrainTask = Extract<TrainerTask, { kind: 'train' }>

export interface Ending {
  readonly status: Exclude<RunStatus, 'queued' | 'running'>
  readonly end: RunEnd
  readonly message: string | null
  readonly failure: FailureCause | null
}

interface TrainingRunOptions {
  readonly project: Project
  readonly runId: RunId
  /** Writes what the trainer needs into the run's folder; called when the run's turn comes. */
  readonly prepare: () => Promise<PreparedRun>
  readonly runtime: ComputeRuntime
  readonly events: EventHub
  readonly log: Log
}

/** What a stop means: the user has paused the run, everything closes, or it goes on when the schedule lets it. */
type StopReason = 'stopped' | 'interrupted' | 'held'

/** One sitting of a run, from its turn to its end: prepared, trained in a child of its own, recorded as it reports. */
export class TrainingRun {
  readonly project: Project
  readonly runId: RunId
  readonly #options: TrainingRunOptions
  #trainer: TrainerProcess | null = null
  /** Null while nobody has asked for a stop. */
  #stopAs: StopReason | null = null
  #force: NodeJS.Timeout | null = null

  constructor(options: TrainingRunOptions) {
    this.project = options.project
    this.runId = options.runId
    this.#options = options
  }

  /** Ends the run after its current step, with a last checkpoint and snapshot; by force after a minute. */
  stop(stopAs: StopReason): void {
    // The user's word holds whatever else is asked; a held run stays held when everything closes.
    if (this.#stopAs === null || stopAs === 'stopped') this.#stopAs = stopAs
    this.#trainer?.stop()
    this.#force ??= setTimeout(() => this.#trainer?.kill(), stopTimeoutMs)
  }

  /** Never rejects: whatever goes wrong is an ending with its message. `held` where the run shall go on later. */
  async trainToEnd(): Promise<Ending | 'held'> {
    try {
      this.project.assertWritable()
      // Asked twice: a run may be stopped while it waits and while its images are packed.
      const prepared = this.#stopAs === null ? await this.#options.prepare() : null
      if (prepared === null || this.#stopAs !== null) {
        return this.#stopped()
      }
      return await this.#train(prepared)
    } catch (thrown) {
      return this.#failed(thrown)
    } finally {
      if (this.#force !== null) clearTimeout(this.#force)
    }
  }

  async #train({ task, setSha256, resumeFrom }: PreparedRun): Promise<Ending | 'held'> {
    const { project, runId } = this
    const { runtime, events } = this.#options
    const folder = runFolder(project.folder, runId)
    const recorder = new RunRecorder({ project, runId, task, events })
    const heard: { ending: Ending | 'held' | null } = { ending: null }
    const trainer = new TrainerProcess({
      runtime,
      task: {
        kind: 'train',
        plan: task.plan,
        set: setIn(folder, task.set),
        setSha256,
        folder,
        imagesFolder: project.imagesFolder,
        snapshotEverySeconds,
        checkpointEverySeconds,
        resumeFrom,
        ...startIn(folder, task),
      },
      onReport: (report) => {
        try {
          heard.ending ??= this.#endingOf(report)
          recorder.add(report)
        } catch (thrown) {
          // The database refused (disk full, folder gone): nothing more can be recorded, so nothing more is trained.
          heard.ending = this.#failed(thrown)
          trainer.kill()
        }
      },
    })
    this.#trainer = trainer
    const exit = await trainer.exited
    recorder.flush()
    clearLeftovers(project, runId)
    if (heard.ending === 'held') return 'held'
    if (heard.ending !== null) return { ...heard.ending, message: heard.ending.message ?? recorder.message }
    return { status: 'interrupted', ...endedBadly('died', toFailure(describeDeath('training', exit))) }
  }

  #endingOf(report: TrainerReport): Ending | 'held' | null {
    if (report.kind === 'failed') {
      const end = report.failure.code === 'training_diverged' ? 'diverged' : 'failed'
      return { status: 'failed', ...endedBadly(end, report.failure) }
    }
    if (report.kind !== 'ended') return null
    if (report.reason === 'stopped') return this.#stopped()
    return { status: 'finished', ...endedWell(report.reason === 'done' ? 'steps' : report.reason) }
  }

  #stopped(): Ending | 'held' {
    if (this.#stopAs === 'held') return 'held'
    return { status: this.#stopAs ?? 'stopped', ...endedWell('stopped') }
  }

  #failed(thrown: unknown): Ending {
    const expected = asStorageFailure(thrown, this.project.folder)
    const failure = toFailure(expected)
    if (failure.code === 'internal') this.#options.log.error({ err: thrown, run: this.runId }, 'run failed')
    const message = expected instanceof Error ? expected.message : String(expected)
    return { status: 'failed', ...endedBadly('failed', { ...failure, message }) }
  }
}

export const endedWell = (end: RunEnd): Omit<Ending, 'status'> => ({ end, message: null, failure: null })

export const endedBadly = (end: RunEnd, { code, details, message }: Failure): Omit<Ending, 'status'> => ({
  end,
  message,
  failure: { code, details },
})

/** Read where the run begins; one that goes on has its own checkpoint. */
const startIn = (folder: string, { startFrom }: RunTask): Pick<TrainTask, 'startFrom'> =>
  startFrom === undefined ? {} : { startFrom: { ...startFrom, file: resolveInside(folder, startFrom.file) } }

/** The set of a run with its files where they lie. */
const setIn = (folder: string, { marks, ...set }: RunTask['set']): TrainingSet => ({
  ...set,
  file: resolveInside(folder, set.file),
  ...(marks === undefined ? {} : { marks: { ...marks, file: resolveInside(folder, marks.file) } }),
})
