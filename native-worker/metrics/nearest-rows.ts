import { selectRows, type FeatureMatrix } from './feature-matrix.ts'
import { squaredDistances } from './squared-distances.ts'

export interface NearestRow {
  /** −1 where there is none to compare with. */
  readonly index: number
  /** Root mean square over the columns; infinite where there is none. */
  readonly distance: number
}

/** Rows compared at once: the table of distances stays small. */
const chunk = 256

/**
 * The nearest row of `others` for every row of `rows`.
 * @param mayCompare false for pairs that do not count, such as two pictures of one part
 */
export function nearestRows(
  rows: FeatureMatrix,
  others: FeatureMatrix,
  mayCompare: (row: number, other: number) => boolean = () => true,
): readonly NearestRow[] {
  const nearest: NearestRow[] = []
  for (let start = 0; start < rows.rows; start += chunk) {
    const length = Math.min(chunk, rows.rows - start)
    const some = selectRows(
      rows,
      Array.from({ length }, (_, index) => start + index),
    )
    const distances = squaredDistances(some, others)
    for (let row = 0; row < length; row++) {
      let index = -1
      let least = Infinity
      for (let other = 0; other < others.rows; other++) {
        const distance = distances[row * others.rows + other] as number
        if (distance < least && mayCompare(start + row, other)) {
          least = distance
          index = other
        }
      }
      nearest.push({ index, distance: Math.sqrt(least / Math.max(1, rows.columns)) })
    }
  }
  return nearest
}
