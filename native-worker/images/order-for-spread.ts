export interface Candidate {
  /** What it looks like; of all candidates equally long. */
  readonly descriptor: Float32Array
  /** How good it is, above 0 to 1; 1 where nothing is known of it. */
  readonly score: number
}

/**
 * The order in which candidates are taken so that as few as one likes are good and unlike one another: greedy k-centre (Gonzalez 1985),
 * each next one the farthest from all that were taken, its distance weighted by its score. What is nearly a copy of one that was taken
 * comes last by itself. The first is the most typical, weighted the same way. Ties go to the earlier one, so that the order depends on
 * nothing but the candidates.
 * @param count of the order, from its start, that is wanted; the rest follows as it came. Time: candidates × count.
 * @returns indices of all candidates
 */
export function orderForSpread(candidates: readonly Candidate[], count: number): number[] {
  const taken: number[] = []
  const open = new Set(candidates.keys())
  const nearest = new Float64Array(candidates.length).fill(Infinity)
  const wanted = Math.min(count, candidates.length)
  while (taken.length < wanted) {
    const next = taken.length === 0 ? mostTypical(candidates) : farthest(candidates, { open, nearest })
    taken.push(next)
    open.delete(next)
    const chosen = candidates[next]
    if (chosen === undefined) break
    for (const index of open) {
      const other = candidates[index]
      if (other === undefined) continue
      const distance = squaredDistance(chosen.descriptor, other.descriptor)
      if (distance < (nearest[index] ?? Infinity)) nearest[index] = distance
    }
  }
  return [...taken, ...open]
}

function mostTypical(candidates: readonly Candidate[]): number {
  const length = candidates[0]?.descriptor.length ?? 0
  const mean = new Float32Array(length)
  for (const { descriptor } of candidates)
    for (let at = 0; at < length; at++) mean[at] = (mean[at] ?? 0) + (descriptor[at] ?? 0) / candidates.length
  return bestOf(candidates.keys(), (index) => {
    const candidate = candidates[index]
    return candidate === undefined ? -Infinity : candidate.score / (1 + squaredDistance(mean, candidate.descriptor))
  })
}

const farthest = (
  candidates: readonly Candidate[],
  { open, nearest }: { readonly open: ReadonlySet<number>; readonly nearest: Float64Array },
): number => bestOf(open, (index) => (candidates[index]?.score ?? 0) * (nearest[index] ?? 0))

function bestOf(indices: Iterable<number>, valueOf: (index: number) => number): number {
  let best = -1
  let highest = -Infinity
  for (const index of indices) {
    const value = valueOf(index)
    if (best >= 0 && value <= highest) continue
    best = index
    highest = value
  }
  return best
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0)
    sum += difference * difference
  }
  return sum
}
