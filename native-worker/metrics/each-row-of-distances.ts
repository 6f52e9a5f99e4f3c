import { selectRows, type FeatureMatrix } from './feature-matrix.ts'
import { squaredDistances } from './squared-distances.ts'

/** Rows compared at once: the table of distances stays small. */
const chunk = 256

/** For every row of `rows`, in their order, its squared distances to all `others`; they hold during the call alone. */
export function eachRowOfDistances(
  rows: FeatureMatrix,
  others: FeatureMatrix,
  visit: (squared: Float32Array, row: number) => void,
): void {
  for (let start = 0; start < rows.rows; start += chunk) {
    const length = Math.min(chunk, rows.rows - start)
    const some = selectRows(
      rows,
      Array.from({ length }, (_, index) => start + index),
    )
    const distances = squaredDistances(some, others)
    for (let row = 0; row < length; row++)
      visit(distances.subarray(row * others.rows, (row + 1) * others.rows), start + row)
  }
}
