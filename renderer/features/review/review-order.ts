import type { Sample, SampleState } from '../../../contract/samples.ts'

export type StateFilter = SampleState | 'all'

/** Indices of the samples a filter shows. Kept while deciding, so that a decided sample does not jump away. */
export const filterSamples = (samples: readonly Sample[], filter: StateFilter): readonly number[] =>
  samples.flatMap((sample, index) => (filter === 'all' || sample.state === filter ? [index] : []))

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
