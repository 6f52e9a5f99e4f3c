import type { PowerSource, ScheduleState, TrainingSchedule, TrainNow, WaitReason } from '../../../contract/schedule.ts'
import type { EventHub } from '../ports/event-hub.ts'
import type { Override } from './schedule-rules.ts'
import { nextEdge, waitReason } from './schedule-rules.ts'
import type { ScheduleFile } from './schedule-file.ts'

/** Looked at this often where hours are followed: a timer alone would miss them while the machine sleeps or its clock is set. */
const lookEveryMs = 30_000

/** Knows when runs may train: the rules, the power and the time of day. Tells everybody when the answer may have changed. */
export class Schedule {
  readonly #events: EventHub
  readonly #file: ScheduleFile | null
  #schedule: TrainingSchedule
  #power: PowerSource = 'unknown'
  #told: string
  #timer: NodeJS.Timeout | null = null
  #listeners: readonly (() => void)[] = []

  /** @param file where the rules are kept; null forgets them with the process. */
  constructor({ schedule, file, events }: { schedule: TrainingSchedule; file: ScheduleFile | null; events: EventHub }) {
    this.#schedule = schedule
    this.#file = file
    this.#events = events
    this.#told = JSON.stringify(this.state())
    this.#setTimer()
  }

  state(): ScheduleState {
    const { onlyInHours, hours } = this.#schedule
    return {
      schedule: this.#schedule,
      power: this.#power,
      waitsFor: this.reasonFor(null),
      nextEdge: onlyInHours ? nextEdge(hours, new Date()).toISOString() : null,
    }
  }

  /** What a run waits for; null where it may train. */
  reasonFor(override: Override | null): WaitReason | null {
    return waitReason({ schedule: this.#schedule, power: this.#power, now: new Date(), override })
  }

  /** Turns the user's word into one that ends by itself. */
  override({ onBattery }: TrainNow): Override {
    return { givenAt: new Date(), onBattery }
  }

  get power(): PowerSource {
    return this.#power
  }

  set(schedule: TrainingSchedule): ScheduleState {
    this.#file?.write(schedule)
    this.#schedule = schedule
    this.#look()
    return this.state()
  }

  setPower(power: PowerSource): void {
    this.#power = power
    this.#look()
  }

  onChange(listener: () => void): void {
    this.#listeners = [...this.#listeners, listener]
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#listeners = []
  }

  #look(): void {
    this.#setTimer()
    const state = this.state()
    const text = JSON.stringify(state)
    if (text !== this.#told) this.#events.emit('schedule.changed', state)
    this.#told = text
    // Always: the user's word for one run may have ended meanwhile.
    for (const listener of this.#listeners) listener()
  }

  #setTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const { onlyInHours, hours } = this.#schedule
    if (!onlyInHours) return
    const untilEdgeMs = nextEdge(hours, new Date()).getTime() - Date.now()
    this.#timer = setTimeout(() => this.#look(), Math.min(untilEdgeMs, lookEveryMs))
  }
}
