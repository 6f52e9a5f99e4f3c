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

  async set(schedule: TrainingSchedule): Promise<void> {
    await this.#attempt(() => this.#service.request('schedule.set', schedule))
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
