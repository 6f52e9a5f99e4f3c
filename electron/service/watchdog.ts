const tickMs = 1000
/** A service that loads its modules on a busy machine is slow, not stuck. */
const startPatienceTicks = 60
const patienceTicks = 10

/**
 * Asks the service every second whether it is there. Says since when it has not answered once it has let ten seconds pass (sixty while
 * it starts), and says so when it answers again. Counts its own ticks, not the clock: a machine that slept has missed nothing.
 * Whether the service is dead or busy with one long thing cannot be told apart; only how long it takes can.
 */
export class Watchdog {
  readonly #ping: () => void
  readonly #onChange: (silentSince: Date | null) => void
  #timer: NodeJS.Timeout | null = null
  #patience = startPatienceTicks
  #waiting = 0
  #askedAt = new Date()
  #silentSince: Date | null = null

  constructor({ ping, onChange }: { ping: () => void; onChange: (silentSince: Date | null) => void }) {
    this.#ping = ping
    this.#onChange = onChange
  }

  get silentSince(): Date | null {
    return this.#silentSince
  }

  /** For a service that has just been started. */
  start(): void {
    this.stop()
    this.#patience = startPatienceTicks
    this.#ask()
    this.#timer = setInterval(() => {
      this.#tick()
    }, tickMs)
  }

  hear(): void {
    this.#patience = patienceTicks
    this.#waiting = 0
    this.#setSilent(null)
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    this.#setSilent(null)
  }

  #tick(): void {
    if (this.#waiting === 0) {
      this.#ask()
      return
    }
    this.#waiting += 1
    if (this.#waiting > this.#patience && this.#silentSince === null) this.#setSilent(this.#askedAt)
  }

  #ask(): void {
    this.#waiting = 1
    this.#askedAt = new Date()
    this.#ping()
  }

  #setSilent(since: Date | null): void {
    if (since === this.#silentSince) return
    this.#silentSince = since
    this.#onChange(since)
  }
}
