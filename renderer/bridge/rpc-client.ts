import { FlawsmithError, fromFailure } from '../../contract/errors.ts'
import type { ClientFrame, ServiceFrame } from '../../contract/frames.ts'
import type { RequestInput, RequestOutput, Verb } from '../../contract/service.ts'

/** What the client needs of a `MessagePort`. */
export interface RpcPort {
  postMessage(frame: ClientFrame): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  start(): void
  close(): void
}

export type EventFrame = Extract<ServiceFrame, { kind: 'event' }>

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (failure: FlawsmithError) => void
}

/** Requests and events over one port. Ends with `close`; requests still in flight then fail. */
export class RpcClient {
  readonly #port: RpcPort
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0
  #closed = false

  constructor(port: RpcPort, { onEvent }: { readonly onEvent: (frame: EventFrame) => void }) {
    this.#port = port
    port.addEventListener('message', ({ data }) => {
      // Only the service holds the other end, and its frames are built by our own code: the shape is trusted.
      const frame = data as ServiceFrame
      if (frame.kind === 'event') onEvent(frame)
      else this.#settle(frame)
    })
    port.start()
  }

  /** Aborting the signal asks the service to give up; the request then fails with `cancelled`. */
  request<V extends Verb>(verb: V, input: RequestInput<V>, signal?: AbortSignal): Promise<RequestOutput<V>> {
    if (this.#closed) return Promise.reject(serviceUnavailable())
    const id = (this.#lastId += 1)
    return new Promise<RequestOutput<V>>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject })
      this.#port.postMessage({ kind: 'request', id, verb, input })
      signal?.addEventListener('abort', () => {
        if (this.#waiting.has(id)) this.#port.postMessage({ kind: 'cancel', id })
      })
    })
  }

  close(): void {
    this.#closed = true
    this.#port.close()
    for (const { reject } of this.#waiting.values()) reject(serviceUnavailable())
    this.#waiting.clear()
  }

  #settle(frame: Extract<ServiceFrame, { kind: 'response' }>): void {
    const waiting = this.#waiting.get(frame.id)
    if (waiting === undefined) return
    this.#waiting.delete(frame.id)
    if (frame.ok) waiting.resolve(frame.value)
    else waiting.reject(fromFailure(frame.failure))
  }
}

const serviceUnavailable = (): FlawsmithError =>
  new FlawsmithError('service_unavailable', 'The service ended before it answered. It restarts by itself: try again.')
