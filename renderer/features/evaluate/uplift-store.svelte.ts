import type { Failure } from '../../../contract/errors.ts'
import type { ReportOutcome, ReportWish } from '../../../contract/report.ts'
import type { UpliftState, UpliftWish } from '../../../contract/uplift.ts'
import { failureOf } from '../../bridge/failure-of.ts'
import type { ServiceConnection } from '../../bridge/service-connection.svelte.ts'
import type { Jobs } from '../app/jobs.svelte.ts'

export type EvaluateTabId = 'verdict' | 'map' | 'runs'

/** What is known of whether anything synthetic helps in the open project. */
export class UpliftStore {
  readonly #service: Pick<ServiceConnection, 'request' | 'on'>
  readonly #jobs: Jobs
  #state = $state.raw<UpliftState | null>(null)
  #failure = $state.raw<Failure | null>(null)
  #report = $state.raw<ReportOutcome | null>(null)
  #loads = 0
  /** What of the screen is open. */
  tab = $state.raw<EvaluateTabId>('verdict')

  constructor({ service, jobs }: { service: Pick<ServiceConnection, 'request' | 'on'>; jobs: Jobs }) {
    this.#service = service
    this.#jobs = jobs
    service.on('uplift.changed', (state) => {
      if (this.#state !== null) this.#state = state
    })
    for (const event of ['dataset.changed', 'samples.changed', 'marks.changed'] as const)
      service.on(event, () => {
        if (this.#state !== null) void this.load()
      })
  }

  /** Null until it was loaded. */
  get state(): UpliftState | null {
    return this.#state
  }
  get failure(): Failure | null {
    return this.#failure
  }
  /** The one just written. */
  get report(): ReportOutcome | null {
    return this.#report
  }

  async load(): Promise<void> {
    const load = ++this.#loads
    try {
      const state = await this.#service.request('uplift.state', {})
      if (load === this.#loads) this.#state = state
    } catch (thrown) {
      if (load === this.#loads) this.#failure = failureOf(thrown)
    }
  }

  async measure(wish: UpliftWish): Promise<void> {
    this.#failure = null
    const outcome = await this.#jobs.start('uplift.measure', wish)
    if (!outcome.ok && outcome.failure.code !== 'cancelled') this.#failure = outcome.failure
    await this.load()
  }

  async writeReport(wish: ReportWish): Promise<void> {
    this.#failure = null
    this.#report = null
    const outcome = await this.#jobs.start('reports.write', wish)
    if (outcome.ok) this.#report = outcome.result
    else if (outcome.failure.code !== 'cancelled') this.#failure = outcome.failure
  }

  dismissReport(): void {
    this.#report = null
  }

  dismiss(): void {
    this.#failure = null
  }

  clear(): void {
    this.#loads += 1
    this.#state = null
    this.#report = null
    this.#failure = null
    this.tab = 'verdict'
  }
}
