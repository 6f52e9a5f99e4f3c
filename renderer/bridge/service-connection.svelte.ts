import { FlawsmithError } from '../../contract/errors.ts'
import type { EventName, RequestInput, RequestOutput, ServiceEvents, Verb } from '../../contract/service.ts'
import type { ShellBridge } from '../../contract/shell.ts'
import { EventListeners } from './event-listeners.ts'
import { requestPort } from './request-port.ts'
import { RpcClient } from './rpc-client.ts'

/**
 * `silent`: it has not answered for a while, and is stuck or busy with one long thing. `ended`: it gave up restarting; only a new
 * connection or a new start of the app helps.
 */
export type ServiceStatus = 'connecting' | 'ready' | 'silent' | 'restarting' | 'ended'

/** The page's way to the service. Survives restarts of the service: requests wait, listeners stay. */
export class ServiceConnection {
  readonly #shell: ShellBridge
  readonly #events = new EventListeners()
  readonly #onReady: (state: { readonly again: boolean }) => void
  #status = $state.raw<ServiceStatus>('connecting')
  #silentSince = $state.raw<string | null>(null)
  #restarts = $state.raw(0)
  #client: RpcClient | null = null
  #arriving = Promise.withResolvers<RpcClient>()
  #attempt = 0

  constructor(shell: ShellBridge, { onReady }: { readonly onReady: (state: { readonly again: boolean }) => void }) {
    this.#shell = shell
    this.#onReady = onReady
    // Nobody may be waiting when a connection fails; the status tells.
    this.#arriving.promise.catch(() => undefined)
    shell.onServiceSilent(({ since }) => {
      this.#silentSince = since
    })
    shell.onServiceLost(({ restarting }) => {
      this.#drop()
      if (restarting) void this.#connect('restarting')
      else this.#giveUp()
    })
  }

  get status(): ServiceStatus {
    return this.#status !== 'ended' && this.#silentSince !== null ? 'silent' : this.#status
  }

  /** ISO 8601; null while the service answers. */
  get silentSince(): string | null {
    return this.#silentSince
  }

  /** How often the service came back since the page was loaded. */
  get restarts(): number {
    return this.#restarts
  }

  async connect(): Promise<void> {
    await this.#connect('connecting')
  }

  /** Ends a service that does not answer; another one starts by itself. */
  async restart(): Promise<void> {
    await this.#shell.invoke('shell.restartService', {})
  }

  async request<V extends Verb>(verb: V, input: RequestInput<V>, signal?: AbortSignal): Promise<RequestOutput<V>> {
    if (this.#status === 'ended') throw ended()
    const client = this.#client ?? (await this.#arriving.promise)
    return client.request(verb, input, signal)
  }

  on<Name extends EventName>(name: Name, listener: (payload: ServiceEvents[Name]) => void): () => void {
    return this.#events.on(name, listener)
  }

  async #connect(status: 'connecting' | 'restarting'): Promise<void> {
    const attempt = (this.#attempt += 1)
    this.#status = status
    try {
      const port = await requestPort(this.#shell)
      if (attempt !== this.#attempt) {
        port.close()
        return
      }
      const client = new RpcClient(port, {
        onEvent: (frame) => {
          this.#events.emit(frame)
        },
      })
      this.#client = client
      this.#status = 'ready'
      if (status === 'restarting') this.#restarts += 1
      this.#arriving.resolve(client)
      this.#onReady({ again: status === 'restarting' })
    } catch (thrown) {
      if (attempt !== this.#attempt) return
      console.error('no connection to the service', thrown)
      this.#giveUp()
    }
  }

  #drop(): void {
    this.#attempt += 1
    if (this.#client === null) return
    this.#client.close()
    this.#client = null
    this.#renewArrival()
  }

  #giveUp(): void {
    this.#status = 'ended'
    this.#arriving.reject(ended())
    this.#renewArrival()
  }

  #renewArrival(): void {
    this.#arriving = Promise.withResolvers()
    this.#arriving.promise.catch(() => undefined)
  }
}

const ended = (): FlawsmithError =>
  new FlawsmithError('service_unavailable', 'The service does not start. Restart Flawsmith.')
