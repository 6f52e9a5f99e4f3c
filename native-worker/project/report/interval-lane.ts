import { markup, type Html } from './markup.ts'

const width = 160
const height = 16

interface Interval {
  readonly delta: number
  readonly low: number
  readonly high: number
}

/** Half the width of a scale around 0 that shows all of these, in points. */
export const reachOf = (intervals: readonly Interval[]): number =>
  Math.max(2, ...intervals.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]))

/** A difference as an upright bar, its interval as a line, no difference as a dotted line in the middle. */
export function intervalLane({ delta, low, high }: Interval, reach: number): Html {
  const at = (value: number): string => (width / 2 + (value / reach) * (width / 2 - 4)).toFixed(1)
  return markup`<svg class="lane" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true"><line class="zero" x1="${width / 2}" x2="${width / 2}" y1="0" y2="${height}"/><line x1="${at(low)}" x2="${at(high)}" y1="8" y2="8"/><line class="bold" x1="${at(delta)}" x2="${at(delta)}" y1="3" y2="13"/></svg>`
}
