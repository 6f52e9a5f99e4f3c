import type { RandomStream } from '../random/random-stream.ts'
import { drawRows } from './draw-rows.ts'
import { selectRows, type FeatureMatrix } from './feature-matrix.ts'
import { tooFew, type Measured } from './measured.ts'
import { squaredDistances } from './squared-distances.ts'

export interface TwoSampleAccuracy {
  /** 0.5 where nothing can be told apart, towards 1 where everything can, towards 0 where real images were copied. */
  readonly accuracy: number
  /** Share of real images whose nearest neighbour is real. */
  readonly ofReal: number
  /** Share of synthetic images whose nearest neighbour is synthetic. */
  readonly ofSynthetic: number
}

const fewestImages = 10

/** Leave-one-out 1-nearest-neighbour test between as many real as synthetic images (Lopez-Paz & Oquab 2017). */
export function twoSampleAccuracy(
  real: FeatureMatrix,
  synthetic: FeatureMatrix,
  { random }: { random: RandomStream },
): Measured<TwoSampleAccuracy> {
  const refusal = tooFew(fewestImages, real.rows, synthetic.rows)
  if (refusal !== null) return refusal
  const count = Math.min(real.rows, synthetic.rows)
  const left = selectRows(real, drawRows(random, { rows: real.rows, count }))
  const right = selectRows(synthetic, drawRows(random, { rows: synthetic.rows, count }))
  const between = squaredDistances(left, right)
  const nearestOwn = (matrix: FeatureMatrix): Float32Array => {
    const distances = squaredDistances(matrix, matrix)
    for (let row = 0; row < count; row++) distances[row * count + row] = Number.POSITIVE_INFINITY
    return Float32Array.from({ length: count }, (_, row) => least(distances.subarray(row * count, (row + 1) * count)))
  }
  const ownOfReal = nearestOwn(left)
  const ownOfSynthetic = nearestOwn(right)
  let realAmongReal = 0
  let syntheticAmongSynthetic = 0
  for (let row = 0; row < count; row++) {
    const across = least(between.subarray(row * count, (row + 1) * count))
    if ((ownOfReal[row] as number) < across) realAmongReal++
    let acrossBack = Number.POSITIVE_INFINITY
    for (let other = 0; other < count; other++) {
      acrossBack = Math.min(acrossBack, between[other * count + row] as number)
    }
    if ((ownOfSynthetic[row] as number) < acrossBack) syntheticAmongSynthetic++
  }
  return {
    kind: 'measured',
    accuracy: (realAmongReal + syntheticAmongSynthetic) / (2 * count),
    ofReal: realAmongReal / count,
    ofSynthetic: syntheticAmongSynthetic / count,
  }
}

const least = (values: Float32Array): number =>
  values.reduce((smallest, value) => Math.min(smallest, value), Number.POSITIVE_INFINITY)
