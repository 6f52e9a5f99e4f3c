import type { Sample, SampleState } from '../../../contract/samples.ts'

export type StateFilter = SampleState | 'all'

/** Indices of the samples a filter shows. Kept while deciding, so that a decided sample does not jump away. */
export const filterSamples = (samples: readonly Sample[], filter: StateFilter): readonly number[] =>
  samples.flatMap((sample, index) => (filter === 'all' || sample.state === filter ? [index] : []))

/**
 * Where to go after a decision at `position`: the next pending sample, else the first pending one before it,
 * else stay. Positions count in `order`, which lists indices of `samples`.
 */
export function nextPending(
  samples: readonly Sample[],
  { order, position }: { order: readonly number[]; position: number },
): number {
  const isPending = (index: number | undefined): boolean => index !== undefined && samples[index]?.state === 'pending'
  for (let next = position + 1; next < order.length; next += 1) if (isPending(order[next])) return next
  for (let next = 0; next < position; next += 1) if (isPending(order[next])) return next
  return position
}
