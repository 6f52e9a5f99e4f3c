import type { RunId } from '../../../contract/ids.ts'
import type { RunSummary } from '../../../contract/training.ts'
import type { Project } from '../../project/open-project.ts'
import { finishRun, getRun } from '../../project/storage/runs.ts'
import type { EventHub } from '../ports/event-hub.ts'
import type { Log } from '../log.ts'
import type { Ending } from './training-run.ts'

/** How often a refused record is tried again. */
const retryMs = 5000

interface Unrecorded {
  readonly project: Project
  readonly ending: Ending
  readonly endedAt: string
}

/**
 * Records how runs ended and tells it. Where the disk refuses the record (full, or gone), the ending is known here, told as
 * unrecorded, and recorded as soon as the disk takes it.
 */
export class RunEndings {
  readonly #events: EventHub
  readonly #log: Log
  readonly #unrecorded = new Map<RunId, Unrecorded>()
  #retry: NodeJS.Timeout | null = null

  constructor({ events, log }: { readonly events: EventHub; readonly log: Log }) {
    this.#events = events
    this.#log = log
  }

  /** Never throws: a service that ended here would take everything else with it. */
  record(project: Project, { runId, ending }: { readonly runId: RunId; readonly ending: Ending }): RunSummary {
    const unrecorded = { project, ending, endedAt: new Date().toISOString() }
    this.#unrecorded.set(runId, unrecorded)
    this.recordPending()
    const run = this.complete(getRun(project.db, runId))
    // Told once here; `recordPending` has told it where it was recorded.
    if (!run.isEndRecorded) this.#events.emit('runs.changed', run)
    return run
  }

  /** A run as it is on record, or as it ended where that is not on record yet. */
  complete<Run extends RunSummary>(run: Run): Run {
    const unrecorded = this.#unrecorded.get(run.id)
    if (unrecorded === undefined) return run
    return { ...run, ...unrecorded.ending, waitsFor: null, endedAt: unrecorded.endedAt, isEndRecorded: false }
  }

  /** Tries what is left; what the disk still refuses is tried again later. */
  recordPending(): void {
    for (const [runId, { project, ending, endedAt }] of this.#unrecorded) {
      try {
        const run = finishRun(project.db, { runId, ...ending, endedAt })
        this.#unrecorded.delete(runId)
        this.#events.emit('runs.changed', run)
      } catch (thrown) {
        this.#log.warn({ err: thrown, run: runId }, 'the end of a run could not be recorded')
      }
    }
    this.#setTimer()
  }

  /** One last try. A run whose end is not on record then is found cut off when its project is opened next. */
  close(): void {
    this.recordPending()
    this.#unrecorded.clear()
    this.#setTimer()
  }

  #setTimer(): void {
    if (this.#retry !== null) clearTimeout(this.#retry)
    this.#retry = this.#unrecorded.size === 0 ? null : setTimeout(() => this.recordPending(), retryMs)
  }
}
