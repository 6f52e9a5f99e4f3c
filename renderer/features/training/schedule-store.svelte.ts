import type { Failure } from '../../../contract/errors.ts'
import type { ScheduleState, TrainingSchedule } from '../../../contract/schedule.ts'
import { failureOf } from '../../bridge/failure-of.ts'
import type { ServiceConnection } from '../../bridge/service-connection.svelte.ts'

/** When runs may train on this machine, and what holds them up now. */
export class ScheduleStore {
  readonly #service: ServiceConnection
  #state = $state.raw<ScheduleState | null>(null)
  #failure = $state.raw<Failure | null>(null)

  constructor(service: ServiceConnection) {
    this.#service = service
    service.on('schedule.changed', (state) => {
      this.#state = state
    })
  }

  /** Null until loaded. */
  get state(): ScheduleState | null {
    return this.#state
  }
  get failure(): Failure | null {
    return this.#failure
  }

  async load(): Promise<void> {
    await this.#attempt(() => this.#service.request('schedule.get', {}))
  }

  /** Shows it at once: what is changed next, before the answer is there, builds on it. After a failure what holds is shown again. */
  async set(schedule: TrainingSchedule): Promise<void> {
    const before = this.#state
    if (before !== null) this.#state = { ...before, schedule }
    await this.#attempt(() => this.#service.request('schedule.set', schedule))
    if (this.#failure !== null) this.#state = before
  }

  async #attempt(task: () => Promise<ScheduleState>): Promise<void> {
    this.#failure = null
    try {
      this.#state = await task()
    } catch (thrown) {
      this.#failure = failureOf(thrown)
    }
  }
}
