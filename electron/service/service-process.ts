import { join } from 'node:path'
import * as v from 'valibot'
import type { MessagePortMain, UtilityProcess } from 'electron'
import { utilityProcess } from 'electron'
import type { PowerSource } from '../../contract/schedule.ts'
import type { ToService } from '../../contract/service-process.ts'
import { FromService } from '../../contract/service-process.ts'

const restartsPerMinute = 3
const closeTimeoutMs = 15_000

type LostListener = (state: { readonly restarting: boolean }) => void

/**
 * The service's life: start, connect pages, notice its death, start again (at most 3 times a minute), close.
 * The project that was open is opened again after a restart.
 */
export class ServiceProcess {
  imagesFolder: string | null = null

  #child: UtilityProcess | null = null
  #projectFolder: string | null = null
  #power: PowerSource = 'unknown'
  #ready: Promise<void> = Promise.resolve()
  #closing = false
  #restartTimes: readonly number[] = []
  #lostListeners: readonly LostListener[] = []
  #messageListeners: readonly ((message: FromService) => void)[] = []

  start(): void {
    const child = utilityProcess.fork(join(import.meta.dirname, 'service.js'), [], {
      serviceName: 'Flawsmith service',
      stdio: 'inherit',
    })
    this.#child = child
    this.#ready = new Promise((resolve) => {
      child.on('message', (message: unknown) => {
        const checked = v.safeParse(FromService, message)
        if (!checked.success) {
          process.stderr.write(`the service said what it never says, and is ended: ${v.summarize(checked.issues)}\n`)
          child.kill()
          return
        }
        if (checked.output.kind === 'ready') resolve()
        this.#receive(checked.output)
      })
    })
    child.once('exit', () => {
      this.#restart()
    })
    this.#send({ kind: 'power', source: this.#power })
    this.#send({ kind: 'start', reopen: this.#projectFolder })
  }

  /** Resolves once the service answers; pages that connect earlier would lose their first requests. */
  ready(): Promise<void> {
    return this.#ready
  }

  connect(port: MessagePortMain): void {
    const message: ToService = { kind: 'connect' }
    this.#child?.postMessage(message, [port])
  }

  onLost(listener: LostListener): void {
    this.#lostListeners = [...this.#lostListeners, listener]
  }

  onMessage(listener: (message: FromService) => void): void {
    this.#messageListeners = [...this.#messageListeners, listener]
  }

  /** What the machine runs on; a service that is started again hears it first. */
  setPower(source: PowerSource): void {
    this.#power = source
    this.#send({ kind: 'power', source })
  }

  smokeTest(keepIn: string | null): void {
    this.#send({ kind: 'smokeTest', keepIn })
  }

  /** Resolves when the service has ended, by itself or after a time-out by force. */
  async close(): Promise<void> {
    const child = this.#child
    this.#closing = true
    if (child?.pid === undefined) return
    await new Promise<void>((resolve) => {
      const force = setTimeout(() => child.kill(), closeTimeoutMs)
      child.once('exit', () => {
        clearTimeout(force)
        resolve()
      })
      this.#send({ kind: 'close' })
    })
  }

  #send(message: ToService): void {
    this.#child?.postMessage(message)
  }

  #receive(message: FromService): void {
    if (message.kind === 'projectChanged') {
      this.#projectFolder = message.folder
      this.imagesFolder = message.imagesFolder
    }
    for (const listener of this.#messageListeners) listener(message)
  }

  #restart(): void {
    this.#child = null
    if (this.#closing) return
    const now = Date.now()
    this.#restartTimes = [...this.#restartTimes.filter((time) => now - time < 60_000), now]
    const restarting = this.#restartTimes.length <= restartsPerMinute
    if (restarting) this.start()
    for (const listener of this.#lostListeners) listener({ restarting })
  }
}
