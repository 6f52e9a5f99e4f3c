import type { EventName, ServiceEvents } from '../../../contract/service.ts'

export type AnyEvent = {
  readonly [Name in EventName]: { readonly name: Name; readonly payload: ServiceEvents[Name] }
}[EventName]

/** Tells every listener what happened. Listeners are windows' ports and the command line. */
export class EventHub {
  readonly #listeners = new Set<(event: AnyEvent) => void>()

  emit<Name extends EventName>(name: Name, payload: ServiceEvents[Name]): void {
    const event = { name, payload } as AnyEvent
    for (const listener of this.#listeners) listener(event)
  }

  /** Returns the function that ends the subscription. */
  listen(listener: (event: AnyEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }
}
