import type { Interval } from './corrected-interval.ts'

/** Points of recall that a class may lose on the way to a better mean. */
export const mostRecallLost = 2

export interface UpliftEvidence {
  /** Paired repeats there are. */
  readonly repeats: number
  /** Without which nothing is said. */
  readonly repeatsNeeded: number
  /** Intervals of the same difference of macro-F1, in points, wide enough for all ways compared: all of them have to agree. */
  readonly intervals: readonly Interval[]
  /** Mean change of the recall of every class, in points; null for a class without test images. */
  readonly recallChanges: readonly (number | null)[]
}

export type UpliftVerdict =
  | { readonly kind: 'notMeasured'; readonly repeats: number; readonly repeatsNeeded: number }
  | (Interval & {
      readonly kind: 'helps' | 'noEvidence' | 'hurts'
      /** Classes that lose more than two points: these alone keep a gain from counting. */
      readonly losers: readonly number[]
    })

/**
 * Whether something helps against the reference. It does where the lower end of every interval lies above 0 and no class loses more
 * than two points of recall, the class free of defects included, whose losses are false alarms. It hurts where the upper end of every
 * interval lies below 0. Anything else is no evidence.
 */
export function judgeUplift({ repeats, repeatsNeeded, intervals, recallChanges }: UpliftEvidence): UpliftVerdict {
  const [first] = intervals
  if (repeats < repeatsNeeded || first === undefined) return { kind: 'notMeasured', repeats, repeatsNeeded }
  const low = Math.min(...intervals.map((interval) => interval.low))
  const high = Math.max(...intervals.map((interval) => interval.high))
  const losers = recallChanges.flatMap((change, label) => (change !== null && change < -mostRecallLost ? [label] : []))
  const kind = high < 0 ? 'hurts' : low > 0 && losers.length === 0 ? 'helps' : 'noEvidence'
  return { kind, mean: first.mean, low, high, losers }
}
