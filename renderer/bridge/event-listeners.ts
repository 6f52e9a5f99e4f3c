import type { EventName, ServiceEvents } from '../../contract/service.ts'
import type { EventFrame } from './rpc-client.ts'

type Listener = (payload: never) => void

/** Who wants to hear which event. Outlives connections, so that a restart of the service loses no listener. */
export class EventListeners {
  readonly #listeners = new Map<EventName, Set<Listener>>()

  /** Returns a function that stops listening. */
  on<Name extends EventName>(name: Name, listener: (payload: ServiceEvents[Name]) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners)
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  emit({ name, payload }: EventFrame): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload as never)
  }
}
