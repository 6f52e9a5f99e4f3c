import { join } from 'node:path'
import * as v from 'valibot'
import type { MessagePortMain, UtilityProcess } from 'electron'
import { utilityProcess } from 'electron'
import type { PowerSource } from '../../contract/schedule.ts'
import type { FolderGrant, ToService } from '../../contract/service-process.ts'
import { FromService } from '../../contract/service-process.ts'
import { Watchdog } from './watchdog.ts'

const restartsPerMinute = 3
/** A little longer than the service gives a trainer for its step and its last checkpoint. */
const closeTimeoutMs = 75_000
const silentCloseTimeoutMs = 15_000

type LostListener = (state: { readonly restarting: boolean }) => void

/**
 * The service's life: start, connect pages, notice its death, start again (at most 3 times a minute), close.
 * The project that was open is opened again after a restart.
 */
export class ServiceProcess {
  imagesFolder: string | null = null
  /** Parts of frames that the service made for looking; known once it is ready. */
  framePicturesFolder: string | null = null
  /** What the page may have shown in the file manager. */
  shownFolders: readonly string[] = []
  /** A run trains. */
  training = false

  #child: UtilityProcess | null = null
  #projectFolder: string | null = null
  #power: PowerSource = 'unknown'
  #ready: Promise<void> = Promise.resolve()
  #isReady = false
  #closing = false
  #grants: readonly FolderGrant[] = []
  #waitingGrants: ReadonlyMap<number, () => void> = new Map()
  #lastGrantId = 0
  #restartTimes: readonly number[] = []
  #lostListeners: readonly LostListener[] = []
  #messageListeners: readonly ((message: FromService) => void)[] = []
  #silenceListeners: readonly ((since: Date | null) => void)[] = []
  readonly #watchdog = new Watchdog({
    ping: () => {
      this.#send({ kind: 'ping' })
    },
    onChange: (since) => {
      for (const listener of this.#silenceListeners) listener(since)
    },
  })

  /** @param reopen the project to begin with. */
  start({ reopen }: { reopen: string | null }): void {
    this.#isReady = false
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
        this.#receive(checked.output)
        if (checked.output.kind === 'ready') resolve()
      })
    })
    child.once('exit', () => {
      this.#restart()
    })
    this.#send({ kind: 'power', source: this.#power })
    for (const grant of this.#grants) this.#tellGrant(grant)
    this.#send({ kind: 'start', reopen })
    this.#watchdog.start()
  }

  /** Since when the service has not answered; null while it does. */
  get silentSince(): Date | null {
    return this.#watchdog.silentSince
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

  onSilence(listener: (since: Date | null) => void): void {
    this.#silenceListeners = [...this.#silenceListeners, listener]
  }

  onMessage(listener: (message: FromService) => void): void {
    this.#messageListeners = [...this.#messageListeners, listener]
  }

  /** What the machine runs on; a service that is started again hears it first. */
  setPower(source: PowerSource): void {
    this.#power = source
    this.#send({ kind: 'power', source })
  }

  /** The page may work with this folder from now on. Resolves once the service knows. */
  grant(grant: FolderGrant): Promise<void> {
    this.#grants = [...this.#grants, grant]
    return new Promise((resolve) => {
      this.#waitingGrants = new Map(this.#waitingGrants).set(this.#lastGrantId + 1, resolve)
      this.#tellGrant(grant)
    })
  }

  /** At once: one that is stopped or stuck hears nothing. It is started again like any that ended. */
  kill(): void {
    const pid = this.#child?.pid
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
  }

  printed(answer: { readonly id: number; readonly problem: string | null }): void {
    this.#send({ kind: 'printed', ...answer })
  }

  smokeTest(keepIn: string | null): void {
    this.#send({ kind: 'smokeTest', keepIn })
  }

  /** Resolves when the service has ended, by itself or after a time-out by force. */
  async close(): Promise<void> {
    const child = this.#child
    this.#closing = true
    const timeoutMs = this.silentSince === null ? closeTimeoutMs : silentCloseTimeoutMs
    this.#watchdog.stop()
    if (child?.pid === undefined) return
    await new Promise<void>((resolve) => {
      const force = setTimeout(() => {
        this.kill()
      }, timeoutMs)
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

  #tellGrant(grant: FolderGrant): void {
    this.#lastGrantId += 1
    this.#send({ kind: 'grant', id: this.#lastGrantId, ...grant })
  }

  #receive(message: FromService): void {
    switch (message.kind) {
      case 'ready':
        this.#isReady = true
        this.framePicturesFolder = message.framePicturesFolder
        // What the service before this one did not confirm, this one was told before anything else.
        for (const resolve of this.#waitingGrants.values()) resolve()
        this.#waitingGrants = new Map()
        break
      case 'granted':
        this.#waitingGrants.get(message.id)?.()
        this.#waitingGrants = new Map([...this.#waitingGrants].filter(([id]) => id !== message.id))
        break
      case 'pong':
        this.#watchdog.hear()
        break
      case 'projectChanged':
        this.#projectFolder = message.folder
        this.imagesFolder = message.imagesFolder
        break
      case 'shownFoldersChanged':
        this.shownFolders = message.folders
        break
      case 'trainingChanged':
        this.training = message.training
        break
      case 'print':
      case 'smokeTestSaid':
      case 'smokeTested':
        break
    }
    for (const listener of this.#messageListeners) listener(message)
  }

  #restart(): void {
    this.#child = null
    this.#watchdog.stop()
    this.training = false
    if (this.#closing) return
    const now = Date.now()
    this.#restartTimes = [...this.#restartTimes.filter((time) => now - time < 60_000), now]
    const restarting = this.#restartTimes.length <= restartsPerMinute
    // A project that ends the service while it is opened is left alone.
    if (restarting) this.start({ reopen: this.#isReady ? this.#projectFolder : null })
    for (const listener of this.#lostListeners) listener({ restarting })
  }
}
