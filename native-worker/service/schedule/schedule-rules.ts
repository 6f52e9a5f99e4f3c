import type { PowerSource, TrainingHours, TrainingSchedule, WaitReason } from '../../../contract/schedule.ts'

/** The user's word for one run against the schedule. */
export interface Override {
  /** The hours, whichever they are by now, do not hold the run up until they next begin or end after this. */
  readonly givenAt: Date
  /** It trains on battery, too. */
  readonly onBattery: boolean
}

interface Edge {
  readonly at: Date
  readonly opens: boolean
}

/**
 * What the schedule makes a run wait for; null where it may train. Mains power comes first: no hour helps without it.
 * An unknown source counts as mains: a system that does not tell would never train otherwise.
 */
export function waitReason({
  schedule,
  power,
  now,
  override,
}: {
  readonly schedule: TrainingSchedule
  readonly power: PowerSource
  readonly now: Date
  readonly override: Override | null
}): WaitReason | null {
  if (schedule.onlyOnMains && power === 'battery' && override?.onBattery !== true) return 'mains'
  const overridden = override !== null && now < nextEdge(schedule.hours, override.givenAt)
  if (schedule.onlyInHours && !isInside(schedule.hours, now) && !overridden) return 'hours'
  return null
}

/** By the edge that was passed last, so that a time the clock skips or repeats opens and closes the hours just once. */
export const isInside = (hours: TrainingHours, now: Date): boolean =>
  edgesAround(hours, now).findLast(({ at }) => at <= now)?.opens ?? false

/** When the hours next begin or end, later than `now`. */
export function nextEdge(hours: TrainingHours, now: Date): Date {
  const next = edgesAround(hours, now).find(({ at }) => at > now)
  if (next === undefined) throw new Error(`no edge of ${hours.from}–${hours.to} within two days`)
  return next.at
}

/** From the day before to two days after, in order. Built from local calendar days, which last 23 to 25 hours. */
function edgesAround({ from, to }: TrainingHours, now: Date): readonly Edge[] {
  const daily = [
    { time: from, opens: true },
    { time: to, opens: false },
  ].sort((a, b) => a.time.localeCompare(b.time))
  // A time that the clock skips falls on the first one after the gap; the order of the day decides where two fall together.
  return [-1, 0, 1, 2]
    .flatMap((day) => daily.map(({ time, opens }) => ({ at: timeOn(now, { day, time }), opens })))
    .sort((a, b) => a.at.getTime() - b.at.getTime())
}

function timeOn(date: Date, { day, time }: { readonly day: number; readonly time: string }): Date {
  const [hours, minutes] = time.split(':').map(Number)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + day, hours, minutes)
}
