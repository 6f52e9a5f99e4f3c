import { correlate } from './correlate.ts'
import { findCandidates } from './find-candidates.ts'
import { poses } from './sketch.ts'

/** Two pictures that show the same, and how the second lies on the first. */
export interface Pair {
  readonly first: number
  readonly second: number
  readonly correlation: number
  /** Index into `orientations`. */
  readonly orientation: number
}

/** In 1/64 of the edge, around the pose in which they were found. */
const reach = 4
/** After so many in a row that are not the same, the rest is less alike still. */
const mostMisses = 4

/** Pairs that correlate by at least `threshold`, each once. `onImage` is told how many pictures have been looked up. */
export function confirmPairs({
  spectra,
  count,
  isWanted,
  threshold,
  onImage,
}: {
  readonly spectra: Int8Array
  readonly count: number
  readonly isWanted: (image: number) => boolean
  readonly threshold: number
  readonly onImage?: (done: number) => void
}): Pair[] {
  const pairs: Pair[] = []
  const tried = new Map<number, boolean>()
  let done = 0
  for (const candidates of findCandidates({ spectra, count, isWanted })) {
    let misses = 0
    for (const { first, second, pose } of candidates) {
      if (misses === mostMisses) break
      const key = first < second ? first * count + second : second * count + first
      let isSame = tried.get(key)
      if (isSame === undefined) {
        const { orientation = 0, x = 0, y = 0 } = poses[pose] ?? {}
        const { value } = correlate(spectra, { first: second, second: first, orientation, reach, around: { x: -x, y: -y } })
        isSame = value >= threshold
        tried.set(key, isSame)
        if (isSame) pairs.push({ first: second, second: first, correlation: value, orientation })
      }
      misses = isSame ? 0 : misses + 1
    }
    onImage?.(++done)
  }
  return pairs
}
