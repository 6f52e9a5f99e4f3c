import type { ReviewCounts } from '../../../contract/samples.ts'

/** The class that is furthest below its target, and by how many images; null where none is. */
export function shortOf(
  counts: readonly Pick<ReviewCounts, 'className' | 'real' | 'accepted' | 'target'>[],
): { readonly className: string; readonly missing: number } | null {
  const [worst] = counts
    .map(({ className, real, accepted, target }) => ({ className, missing: target - real - accepted }))
    .toSorted((a, b) => b.missing - a.missing)
  return worst !== undefined && worst.missing > 0 ? worst : null
}
