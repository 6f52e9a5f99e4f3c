import type { FeatureMatrix } from './feature-matrix.ts'
import { tooFew, type Measured } from './measured.ts'
import { squaredDistances } from './squared-distances.ts'

export interface Copies {
  /** Rows of synthetic images nearer to a real one than real images are to each other. */
  readonly copies: readonly number[]
  /** Of all synthetic images. */
  readonly share: number
  /** Distance below which an image counts as a copy. */
  readonly threshold: number
  /** Row of the nearest real image, and its distance, of every synthetic one. */
  readonly nearest: readonly { readonly row: number; readonly distance: number }[]
}

const fewestImages = 20
const quantile = 0.01

/**
 * Near-copies of training images: nearest real distance below the 1 % quantile of the real images' own nearest distances.
 * @param groups near-duplicate group of every real image; distances inside a group do not count. Exact duplicates never do.
 */
export function findCopies(
  real: FeatureMatrix,
  synthetic: FeatureMatrix,
  { groups }: { groups?: readonly number[] } = {},
): Measured<Copies> {
  const refusal = tooFew(fewestImages, real.rows)
  if (refusal !== null) return refusal
  const within = squaredDistances(real, real)
  const ownNearest = Array.from({ length: real.rows }, (_, row) => {
    let least = Number.POSITIVE_INFINITY
    for (let other = 0; other < real.rows; other++) {
      const distance = within[row * real.rows + other] as number
      const isSameGroup = groups !== undefined && groups[row] === groups[other]
      if (other !== row && distance > 0 && !isSameGroup) least = Math.min(least, distance)
    }
    return least
  }).sort((left, right) => left - right)
  const threshold = Math.sqrt(ownNearest[Math.ceil(quantile * ownNearest.length) - 1] ?? 0)
  const between = squaredDistances(synthetic, real)
  const nearest = Array.from({ length: synthetic.rows }, (_, sample) => {
    const distances = between.subarray(sample * real.rows, (sample + 1) * real.rows)
    const least = distances.reduce((smallest, distance) => Math.min(smallest, distance))
    return { row: distances.indexOf(least), distance: Math.sqrt(least) }
  })
  const copies = nearest.flatMap(({ distance }, row) => (distance < threshold ? [row] : []))
  return { kind: 'measured', copies, share: copies.length / Math.max(1, synthetic.rows), threshold, nearest }
}
