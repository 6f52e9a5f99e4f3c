import type { JobId } from '../../../contract/ids.ts'
import type { JobFinished, JobKind, JobProgress } from '../../../contract/jobs.ts'

export type Outcome<Kind extends JobKind> = Extract<JobFinished, { kind: Kind }>['outcome']

/** One long task of the service, as far as this page knows it. */
export class Job {
  readonly id: JobId
  readonly kind: JobKind
  readonly finished: Promise<JobFinished['outcome']>
  readonly #settle: (outcome: JobFinished['outcome']) => void
  #done = $state.raw(0)
  #total = $state.raw<number | null>(null)
  #stage = $state.raw<JobProgress['stage']>(undefined)
  #outcome = $state.raw<JobFinished['outcome'] | null>(null)
  #cancelling = $state.raw(false)
  /** When the first part was done: what came before was preparation. */
  #first: { readonly done: number; readonly at: number } | null = null
  #secondsLeft = $state.raw<number | null>(null)

  constructor({ jobId, kind }: Pick<JobProgress, 'jobId' | 'kind'>) {
    this.id = jobId
    this.kind = kind
    const { promise, resolve } = Promise.withResolvers<JobFinished['outcome']>()
    this.finished = promise
    this.#settle = resolve
  }

  get done(): number {
    return this.#done
  }
  get total(): number | null {
    return this.#total
  }
  get stage(): JobProgress['stage'] {
    return this.#stage
  }
  /** At the speed so far; null until two parts are done. */
  get secondsLeft(): number | null {
    return this.#secondsLeft
  }
  /** Null while it runs. */
  get outcome(): JobFinished['outcome'] | null {
    return this.#outcome
  }
  get cancelling(): boolean {
    return this.#cancelling
  }
  get running(): boolean {
    return this.#outcome === null
  }

  progress({ done, total, stage }: Pick<JobProgress, 'done' | 'total' | 'stage'>): void {
    this.#done = done
    this.#total = total
    if (stage !== this.#stage) {
      this.#stage = stage
      this.#first = null
      this.#secondsLeft = null
    }
    if (done === 0 || total === null) return
    const at = performance.now()
    if (this.#first === null) this.#first = { done, at }
    else if (done > this.#first.done)
      this.#secondsLeft = ((total - done) * (at - this.#first.at)) / 1000 / (done - this.#first.done)
  }

  markCancelling(): void {
    this.#cancelling = true
  }

  finish(outcome: JobFinished['outcome']): void {
    if (this.#outcome !== null) return
    this.#outcome = outcome
    this.#settle(outcome)
  }
}
