import { FlawsmithError, toFailure } from '../../../contract/errors.ts'
import type { JobId } from '../../../contract/ids.ts'
import type { JobFinished, JobKind, JobProgress, JobResults } from '../../../contract/jobs.ts'
import { keepsItsPart } from '../../../contract/jobs.ts'
import { jobWords } from '../ports/describe-job.ts'
import type { EventHub } from '../ports/event-hub.ts'
import type { Log } from '../log.ts'
import { ProjectClosing } from '../../project/project-closing.ts'

const progressIntervalMs = 100
const makesPictures: ReadonlySet<JobKind> = new Set<JobKind>(['dataset.import', 'frames.cut', 'dataset.resize'])

export interface JobContext {
  readonly signal: AbortSignal
  readonly report: (done: number, total: number | null, stage?: JobProgress['stage']) => void
}

interface ActiveJob {
  readonly abort: AbortController
  readonly finished: Promise<void>
  progress: JobProgress
}

/** Long tasks: each has an id, progress at most ten times a second, can be cancelled, and ends with one event. */
export class Jobs {
  readonly #active = new Map<JobId, ActiveJob>()
  readonly #events: EventHub
  readonly #log: Log
  readonly #expect: (thrown: unknown) => unknown
  #lastId = 0

  /** @param expect makes an expected failure of what the disk or the database says; gives anything else back */
  constructor({ events, log, expect }: { events: EventHub; log: Log; expect: (thrown: unknown) => unknown }) {
    this.#events = events
    this.#log = log
    this.#expect = expect
  }

  start<Kind extends JobKind>(
    kind: Kind,
    work: (context: JobContext) => Promise<JobResults[Kind]>,
  ): { readonly jobId: JobId } {
    this.#refuseBeside(kind)
    this.#lastId += 1
    const jobId = this.#lastId as JobId
    const abort = new AbortController()
    let reportedAt = 0
    const report: JobContext['report'] = (done, total, stage) => {
      const progress: JobProgress = { jobId, kind, done, total, ...(stage === undefined ? {} : { stage }) }
      const job = this.#active.get(jobId)
      if (job !== undefined) job.progress = progress
      const now = Date.now()
      if (now - reportedAt < progressIntervalMs && done !== total) return
      reportedAt = now
      this.#events.emit('jobs.progressed', progress)
    }
    // Started on the next turn, so that whoever asked knows the id before the first event.
    const finished = new Promise((resolve) => setImmediate(resolve))
      .then(() => work({ signal: abort.signal, report }))
      .then(
        (result) => ({ ok: true, result }) as const,
        (raised: unknown) => {
          const thrown = this.#expect(raised)
          if (!(thrown instanceof FlawsmithError)) this.#log.error({ err: thrown, jobId, kind }, 'job failed')
          return { ok: false, failure: toFailure(abort.signal.aborted ? cancelled(kind, thrown) : thrown) } as const
        },
      )
      .then((outcome) => {
        this.#active.delete(jobId)
        this.#events.emit('jobs.finished', { jobId, kind, outcome } as JobFinished)
      })
    this.#active.set(jobId, { abort, finished, progress: { jobId, kind, done: 0, total: null } })
    return { jobId }
  }

  /** A long task that a request needs: shown and cancelled as any other, and by whoever asked. Throws its failure, or `cancelled`. */
  perform<Kind extends JobKind>(
    kind: Kind,
    {
      signal,
      work,
    }: { readonly signal: AbortSignal; readonly work: (context: JobContext) => Promise<JobResults[Kind]> },
  ): Promise<JobResults[Kind]> {
    return new Promise((resolve, reject) => {
      const { jobId } = this.start(kind, async (context) => {
        try {
          signal.throwIfAborted()
          const result = await work(context)
          resolve(result)
          return result
        } catch (thrown) {
          const isCancelled = signal.aborted || context.signal.aborted
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what the work threw, whatever that is
          reject(isCancelled ? cancelled(kind, thrown) : thrown)
          throw thrown
        } finally {
          signal.removeEventListener('abort', cancel)
        }
      })
      const cancel = (): void => {
        this.cancel(jobId)
      }
      signal.addEventListener('abort', cancel)
    })
  }

  /** Of tasks that make pictures of the project, each at one size, only those that keep its size may go on side by side. */
  #refuseBeside(kind: JobKind): void {
    if (!makesPictures.has(kind)) return
    const other = this.active().find(
      (active) => makesPictures.has(active.kind) && (kind === 'dataset.resize' || active.kind === 'dataset.resize'),
    )
    if (other === undefined) return
    throw new FlawsmithError(
      'job_active',
      `“${jobWords[other.kind]}” is under way. Wait until it ends, or cancel it.`,
      {
        job: other.kind,
      },
    )
  }

  cancel(jobId: JobId): void {
    this.#active.get(jobId)?.abort.abort()
  }

  active(): readonly JobProgress[] {
    return [...this.#active.values()].map((job) => job.progress)
  }

  async cancelAll(): Promise<void> {
    const jobs = [...this.#active.values()]
    for (const job of jobs) job.abort.abort(new ProjectClosing())
    await Promise.all(jobs.map((job) => job.finished))
  }
}

/** What the work itself says that it left is more than is known here. */
const cancelled = (kind: JobKind, thrown: unknown): FlawsmithError =>
  thrown instanceof FlawsmithError && thrown.code === 'cancelled'
    ? thrown
    : new FlawsmithError(
        'cancelled',
        keepsItsPart.has(kind)
          ? 'Cancelled; what was finished before stays.'
          : 'Cancelled; nothing was left half-done.',
      )
