import type { Failure } from '../../../contract/errors.ts'
import type { ServiceConnection } from '../../bridge/service-connection.svelte.ts'

/** What went wrong beside the work that was asked for; each is shown until it has been dismissed. */
export class WarningStore {
  readonly #service: ServiceConnection
  #shown = $state.raw<readonly Failure[]>([])
  readonly #dismissed = new Set<string>()

  constructor(service: ServiceConnection) {
    this.#service = service
    service.on('app.warned', (warning) => {
      this.#add([warning])
    })
  }

  get shown(): readonly Failure[] {
    return this.#shown
  }

  async load(): Promise<void> {
    this.#add(await this.#service.request('app.warnings', {}))
  }

  dismiss(warning: Failure): void {
    this.#dismissed.add(warning.message)
    this.#shown = this.#shown.filter(({ message }) => message !== warning.message)
  }

  #add(warnings: readonly Failure[]): void {
    const known = new Set([...this.#dismissed, ...this.#shown.map(({ message }) => message)])
    this.#shown = [...this.#shown, ...warnings.filter(({ message }) => !known.has(message))]
  }
}
