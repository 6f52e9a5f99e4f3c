import { toFailure } from '../../../contract/errors.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { JobFinished, JobKind, JobProgress } from '../../../contract/jobs.ts'
import type { RequestInput } from '../../../contract/service.ts'
import type { ServiceConnection } from '../../bridge/service-connection.svelte.ts'
import type { Outcome } from './job.svelte.ts'
import { Job } from './job.svelte.ts'

/** Long tasks by id. A reloaded page finds those still running through `jobs.active`. */
export class Jobs {
  readonly #service: Pick<ServiceConnection, 'request' | 'on'>
  #jobs = $state.raw<readonly Job[]>([])

  constructor(service: Pick<ServiceConnection, 'request' | 'on'>) {
    this.#service = service
    service.on('jobs.progressed', (progress) => {
      this.#find(progress).progress(progress)
    })
    service.on('jobs.finished', (finished: JobFinished) => {
      this.#find(finished).finish(finished.outcome)
    })
  }

  get running(): readonly Job[] {
    return this.#jobs.filter((job) => job.running)
  }

  /** The newest job of a kind, running or ended, until it is forgotten. */
  latest(kind: JobKind): Job | null {
    return this.#jobs.findLast((job) => job.kind === kind) ?? null
  }

  isRunning(kind: JobKind): boolean {
    return this.#jobs.some((job) => job.kind === kind && job.running)
  }

  async start<Kind extends JobKind>(kind: Kind, input: RequestInput<Kind>): Promise<Outcome<Kind>> {
    this.forget(kind)
    try {
      const { jobId } = (await this.#service.request(kind, input)) as { readonly jobId: Job['id'] }
      return (await this.#find({ jobId, kind }).finished) as Outcome<Kind>
    } catch (thrown) {
      return { ok: false, failure: toFailure(thrown) } as Outcome<Kind>
    }
  }

  cancel(job: Job): void {
    job.markCancelling()
    void this.#service.request('jobs.cancel', { jobId: job.id }).catch(() => undefined)
  }

  /** Drops what ended, so that its result or error is no longer shown. */
  forget(kind: JobKind): void {
    this.#jobs = this.#jobs.filter((job) => job.kind !== kind || job.running)
  }

  /** After (re)connecting: a new service knows nothing of the old one's tasks. */
  async reload(): Promise<void> {
    const active = await this.#service.request('jobs.active', {})
    const alive = new Set(active.map((progress) => progress.jobId))
    const gone = new FlawsmithError('service_unavailable', 'The service restarted while this ran. Start it again.')
    for (const job of this.#jobs)
      if (job.running && !alive.has(job.id)) job.finish({ ok: false, failure: toFailure(gone) })
    for (const progress of active) this.#find(progress).progress(progress)
  }

  #find({ jobId, kind }: Pick<JobProgress, 'jobId' | 'kind'>): Job {
    // Ids start again with each service: an ended job of the same id is another one.
    const known = this.#jobs.findLast((job) => job.id === jobId && job.kind === kind)
    if (known !== undefined) return known
    const job = new Job({ jobId, kind })
    this.#jobs = [...this.#jobs, job]
    return job
  }
}
