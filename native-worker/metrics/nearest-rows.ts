import { eachRowOfDistances } from './each-row-of-distances.ts'
import type { FeatureMatrix } from './feature-matrix.ts'

export interface NearestRow {
  /** −1 where there is none to compare with. */
  readonly index: number
  /** Root mean square over the columns; infinite where there is none. */
  readonly distance: number
}

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
  eachRowOfDistances(rows, others, (squared, row) => {
    let index = -1
    let least = Infinity
    for (let other = 0; other < others.rows; other++) {
      const distance = squared[other] as number
      if (distance < least && mayCompare(row, other)) {
        least = distance
        index = other
      }
    }
    nearest.push({ index, distance: Math.sqrt(least / Math.max(1, rows.columns)) })
  })
  return nearest
}
