import type { FeatureMatrix } from './feature-matrix.ts'

/**
 * Squared Euclidean distances [left.rows, right.rows]. Summed from differences, not from inner products: equal rows are
 * exactly 0 apart, which the search for copies needs.
 */
export function squaredDistances(left: FeatureMatrix, right: FeatureMatrix): Float32Array {
  const { columns } = left
  if (columns !== right.columns) throw new RangeError(`${columns} features cannot be compared with ${right.columns}`)
  const distances = new Float32Array(left.rows * right.rows)
  // Blocks small enough that both sides stay in the processor's cache.
  const block = Math.max(1, Math.floor(8192 / Math.max(1, columns)))
  for (let start = 0; start < right.rows; start += block) {
    const end = Math.min(right.rows, start + block)
    for (let i = 0; i < left.rows; i++) {
      const from = i * columns
      for (let j = start; j < end; j++) {
        const to = j * columns
        let sum = 0
        for (let column = 0; column < columns; column++) {
          const difference = (left.values[from + column] as number) - (right.values[to + column] as number)
          sum += difference * difference
        }
        distances[i * right.rows + j] = sum
      }
    }
  }
  return distances
}
