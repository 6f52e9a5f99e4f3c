import { isQuarantined, type Sample, type SampleQueue } from '../../../contract/samples.ts'
import type { GateReason, SampleOrderName } from '../../../contract/scores.ts'

export type StateFilter = SampleQueue | 'all'
/** What the gate says: this reason, anything, nothing, or that nothing was measured yet. */
export type GateFilter = GateReason | 'any' | 'none' | 'unscored'
export type SampleSort = SampleOrderName | 'drawn'

const isShown = (sample: Sample, filter: StateFilter): boolean => {
  if (filter === 'all') return true
  if (filter === 'quarantined') return isQuarantined(sample)
  return sample.state === filter && !isQuarantined(sample)
}

const passesGate = ({ gate, scores }: Sample, filter: GateFilter | null): boolean => {
  if (filter === null) return true
  if (filter === 'unscored') return scores === null
  if (filter === 'any') return gate.length > 0
  return filter === 'none' ? scores !== null && gate.length === 0 : gate.includes(filter)
}

/** What comes first has the highest; null, which was not measured, comes last. */
function sortKey(sample: Sample, sort: Exclude<SampleSort, 'drawn'>): number | null {
  if (sort === 'quality' || sort === 'doubt') return sample[sort]
  const value = sample.scores?.values[sort]
  return value === undefined ? null : -value
}

/**
 * Indices of the samples a filter shows, in order. Kept while deciding, so that a decided sample does not jump away. Scores from low to
 * high: the nearest, the least agreed with, the softest first.
 */
export function filterSamples(
  samples: readonly Sample[],
  filter: StateFilter,
  { gate = null, sort = 'drawn' }: { readonly gate?: GateFilter | null; readonly sort?: SampleSort } = {},
): readonly number[] {
  const shown = samples.flatMap((sample, index) => (isShown(sample, filter) && passesGate(sample, gate) ? [index] : []))
  if (sort === 'drawn') return shown
  const keys = new Map(
    shown.map((index) => [index, samples[index] === undefined ? null : sortKey(samples[index], sort)] as const),
  )
  return shown.sort((a, b) => {
    const [left, right] = [keys.get(a) ?? -Infinity, keys.get(b) ?? -Infinity]
    return left === right ? a - b : right - left
  })
}

/**
 * Where to go after a decision at `position`: the next pending sample, else the first pending one before it. Without
 * any, on to the next sample if this one was `redecided`, else to the end: a place behind the last sample, where no
 * picture is current. Positions count in `order`, which lists indices of `samples`.
 */
export function afterDecision(
  samples: readonly Sample[],
  { order, position, redecided }: { order: readonly number[]; position: number; redecided: boolean },
): number {
  const isPending = (index: number | undefined): boolean => index !== undefined && samples[index]?.state === 'pending'
  for (let next = position + 1; next < order.length; next += 1) if (isPending(order[next])) return next
  for (let next = 0; next < position; next += 1) if (isPending(order[next])) return next
  return redecided ? position + 1 : order.length
}

/** Where an arrow key leads from the end: back to the last sample or the first one; null where it means nothing. */
export function moveFromEnd(key: string, { count }: { count: number }): number | null {
  if (count === 0) return null
  if (key === 'Home') return 0
  return ['ArrowLeft', 'ArrowUp', 'PageUp', 'End'].includes(key) ? count - 1 : null
}
