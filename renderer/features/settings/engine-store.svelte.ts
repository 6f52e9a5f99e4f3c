import type { DoctorReport, EngineReport, EngineTiming } from '../../../contract/engines.ts'
import type { Failure } from '../../../contract/errors.ts'
import { failureOf } from '../../bridge/failure-of.ts'
import type { ServiceConnection } from '../../bridge/service-connection.svelte.ts'
import type { Jobs } from '../app/jobs.svelte.ts'

/** Which engines this workstation has, as probed. */
export class EngineStore {
  readonly #service: ServiceConnection
  readonly #jobs: Jobs
  #reports = $state.raw<readonly EngineReport[] | null>(null)
  #doctor = $state.raw<DoctorReport | null>(null)
  #timing = $state.raw<EngineTiming | null>(null)
  #failure = $state.raw<Failure | null>(null)

  constructor({ service, jobs }: { service: ServiceConnection; jobs: Jobs }) {
    this.#service = service
    this.#jobs = jobs
    service.on('engines.changed', (reports) => {
      this.#reports = reports
    })
    service.on('engines.timing', (timing) => {
      this.#timing = timing
    })
  }

  /** Null until loaded. */
  get reports(): readonly EngineReport[] | null {
    return this.#reports
  }
  get chosen(): EngineReport | null {
    return this.#reports?.find((report) => report.chosen) ?? null
  }
  get ready(): readonly EngineReport[] {
    return this.#reports?.filter((report) => report.state === 'ready') ?? []
  }
  /** Which engine makes some steps just now, to be timed. */
  get timing(): EngineTiming | null {
    return this.#timing
  }
  get doctor(): DoctorReport | null {
    return this.#doctor
  }
  get failure(): Failure | null {
    return this.#failure
  }

  async load(): Promise<void> {
    await this.#attempt(async () => {
      this.#reports = await this.#service.request('engines.list', {})
    })
  }

  async examine(): Promise<void> {
    await this.#attempt(async () => {
      this.#doctor = await this.#service.request('app.doctor', {})
      this.#reports = this.#doctor.engines
    })
  }

  async probe(): Promise<void> {
    await this.#run('engines.probe')
  }

  async install(): Promise<boolean> {
    return this.#run('engines.install')
  }

  async #run(kind: 'engines.probe' | 'engines.install'): Promise<boolean> {
    this.#failure = null
    const outcome = await this.#jobs.start(kind, {})
    if (outcome.ok) this.#reports = outcome.result
    else if (outcome.failure.code !== 'cancelled') this.#failure = outcome.failure
    return outcome.ok
  }

  async #attempt(task: () => Promise<void>): Promise<void> {
    this.#failure = null
    try {
      await task()
    } catch (thrown) {
      this.#failure = failureOf(thrown)
    }
  }
}
