import type { FeatureMatrix } from './feature-matrix.ts'
import { squaredDistances } from './squared-distances.ts'

/** Squared distance of every row to its k-th nearest other row. */
export function neighbourRadii(matrix: FeatureMatrix, neighbours: number): Float32Array {
  const { rows } = matrix
  if (rows <= neighbours) throw new RangeError(`${rows} images have no neighbour number ${neighbours}`)
  const distances = squaredDistances(matrix, matrix)
  return Float32Array.from({ length: rows }, (_, row) => {
    const others = distances.slice(row * rows, (row + 1) * rows)
    others[row] = Number.POSITIVE_INFINITY
    return others.sort()[neighbours - 1] ?? Number.POSITIVE_INFINITY
  })
}
