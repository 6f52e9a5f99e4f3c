import type { RandomStream } from '../random/random-stream.ts'
import { drawRows } from './draw-rows.ts'
import { selectRows, type FeatureMatrix } from './feature-matrix.ts'
import { tooFew, type Measured } from './measured.ts'

export interface KernelDistance {
  /** Mean over the subsets. Unbiased, so it may be slightly below 0 where nothing can be told apart. */
  readonly distance: number
  /** Standard deviation over the subsets. */
  readonly deviation: number
  /** The same between two disjoint subsets of the real images: what no generator can be asked to beat. */
  readonly floor: number
  readonly floorDeviation: number
  /** Images on each side of every subset. */
  readonly subsetSize: number
}

const fewestImages = 30
const largestSubset = 1000

/**
 * Kernel distance (KID; Bińkowski et al. 2018, section 4): unbiased squared maximum mean discrepancy with the cubic kernel
 * (a·b/d + 1)³. Every subset pairs as many synthetic as real images, and its floor pairs the same real images with as many
 * other real ones; so half of the real images, at most 1000, are a side.
 */
export function kernelDistance(
  real: FeatureMatrix,
  synthetic: FeatureMatrix,
  { random, subsets = 20 }: { random: RandomStream; subsets?: number },
): Measured<KernelDistance> {
  const subsetSize = Math.min(Math.floor(real.rows / 2), synthetic.rows, largestSubset)
  const refusal = tooFew(fewestImages, subsetSize)
  if (refusal !== null) return refusal
  const distances: number[] = []
  const floors: number[] = []
  for (let subset = 0; subset < subsets; subset++) {
    const drawn = drawRows(random, { rows: real.rows, count: 2 * subsetSize })
    const reference = selectRows(real, drawn.slice(0, subsetSize))
    const otherReal = selectRows(real, drawn.slice(subsetSize))
    const made = selectRows(synthetic, drawRows(random, { rows: synthetic.rows, count: subsetSize }))
    const own = meanKernelWithin(reference)
    distances.push(own + meanKernelWithin(made) - 2 * meanKernelBetween(reference, made))
    floors.push(own + meanKernelWithin(otherReal) - 2 * meanKernelBetween(reference, otherReal))
  }
  const [distance, deviation] = meanAndDeviation(distances)
  const [floor, floorDeviation] = meanAndDeviation(floors)
  return { kind: 'measured', distance, deviation, floor, floorDeviation, subsetSize }
}

/** Unbiased squared maximum mean discrepancy of two whole sets, at least 2 rows each. */
export const squaredDiscrepancy = (left: FeatureMatrix, right: FeatureMatrix): number =>
  meanKernelWithin(left) + meanKernelWithin(right) - 2 * meanKernelBetween(left, right)

function meanKernelWithin({ rows, columns, values }: FeatureMatrix): number {
  let sum = 0
  for (let i = 1; i < rows; i++) {
    for (let j = 0; j < i; j++) sum += cubicKernel(values, i * columns, { other: values, to: j * columns, columns })
  }
  return (2 * sum) / (rows * (rows - 1))
}

function meanKernelBetween(left: FeatureMatrix, right: FeatureMatrix): number {
  const { columns } = left
  let sum = 0
  for (let i = 0; i < left.rows; i++) {
    for (let j = 0; j < right.rows; j++) {
      sum += cubicKernel(left.values, i * columns, { other: right.values, to: j * columns, columns })
    }
  }
  return sum / (left.rows * right.rows)
}

function cubicKernel(
  values: Float32Array,
  from: number,
  { other, to, columns }: { other: Float32Array; to: number; columns: number },
): number {
  let product = 0
  for (let column = 0; column < columns; column++) {
    product += (values[from + column] as number) * (other[to + column] as number)
  }
  const base = product / columns + 1
  return base * base * base
}

function meanAndDeviation(values: readonly number[]): readonly [number, number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return [mean, Math.sqrt(squares / Math.max(1, values.length - 1))]
}
