import { eachRowOfDistances } from '../each-row-of-distances.ts'
import type { FeatureMatrix } from '../feature-matrix.ts'

/** Rows between two calls of `onProgress`. */
const rowsBetweenCalls = 256

/** Of one row the nearest others, the nearest first. */
export interface Neighbours {
  readonly indices: readonly number[]
  /** Euclidean. */
  readonly distances: readonly number[]
}

/** The `count` nearest rows of `others` for every row of `rows`, compared with each: nothing is approximated. */
export function nearestNeighbours(
  rows: FeatureMatrix,
  others: FeatureMatrix,
  { count, onProgress }: { readonly count: number; readonly onProgress?: (done: number) => void },
): readonly Neighbours[] {
  const found: Neighbours[] = []
  eachRowOfDistances(rows, others, (squared) => {
    found.push(smallest(squared, count))
    if (found.length % rowsBetweenCalls === 0 || found.length === rows.rows) onProgress?.(found.length)
  })
  return found
}

function smallest(squared: Float32Array, count: number): Neighbours {
  const indices: number[] = []
  const kept: number[] = []
  for (let index = 0; index < squared.length; index++) {
    const value = squared[index] as number
    if (kept.length === count && value >= (kept[count - 1] as number)) continue
    let place = kept.length
    while (place > 0 && (kept[place - 1] as number) > value) place -= 1
    kept.splice(place, 0, value)
    indices.splice(place, 0, index)
    if (kept.length > count) {
      kept.pop()
      indices.pop()
    }
  }
  return { indices, distances: kept.map(Math.sqrt) }
}
