import type { ReviewCounts } from '../../../contract/samples.ts'

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
