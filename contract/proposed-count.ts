import type { ClassId } from './ids.ts'
import type { ReviewCounts } from './samples.ts'

/** Candidates to draw for a class: what is missing to its target, half as many again for rejects, 16 to 2,000. */
export function proposeCount({
  real,
  accepted,
  pending,
  target,
}: Pick<ReviewCounts, 'real' | 'accepted' | 'pending' | 'target'>): number {
  const missing = Math.max(0, target - real - accepted - pending)
  return Math.min(2000, Math.max(16, Math.ceil((missing * 1.5) / 8) * 8))
}

/** Candidates of a class that are to be drawn. */
export interface WantedCandidates {
  readonly classId: ClassId
  readonly className: string
  readonly count: number
}

/**
 * The classes below their target that a run can draw, with how many candidates each needs.
 * @param drawable as in `RunDetails.drawable`
 */
export const wantedBelowTarget = (
  counts: readonly ReviewCounts[],
  { drawable }: { readonly drawable: readonly ClassId[] },
): readonly WantedCandidates[] =>
  counts
    .filter(({ real, accepted, pending, target }) => target - real - accepted - pending > 0)
    .filter(({ classId }) => drawable.includes(classId))
    .map((entry) => ({ classId: entry.classId, className: entry.className, count: proposeCount(entry) }))
