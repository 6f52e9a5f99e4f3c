import type { RandomStream } from '../../random/random-stream.ts'
import type { FeatureMatrix } from '../feature-matrix.ts'

const iterations = 20

/**
 * The directions in which rows of mean 0 vary most, as rows of a matrix [axes, columns], the first one the most. By orthogonal iteration
 * on the covariance.
 */
export function principalAxes(
  { rows, columns, values }: FeatureMatrix,
  { axes, random }: { readonly axes: number; readonly random: RandomStream },
): FeatureMatrix {
  const count = Math.min(axes, columns, rows)
  const covariance = covarianceOf({ rows, columns, values })
  let basis = orthonormal(Array.from({ length: count }, () => Float64Array.from(random.normals(columns))))
  for (let iteration = 0; iteration < iterations; iteration++)
    basis = orthonormal(basis.map((axis) => product(covariance, axis)))
  const found = new Float32Array(count * columns)
  basis.forEach((axis, index) => {
    found.set(axis, index * columns)
  })
  return { rows: count, columns, values: found }
}

/** Rows along the axes: [rows, axes]. */
export function projectRows({ rows, columns, values }: FeatureMatrix, axes: FeatureMatrix): FeatureMatrix {
  const projected = new Float32Array(rows * axes.rows)
  for (let row = 0; row < rows; row++)
    for (let axis = 0; axis < axes.rows; axis++) {
      let sum = 0
      for (let column = 0; column < columns; column++)
        sum += (values[row * columns + column] as number) * (axes.values[axis * columns + column] as number)
      projected[row * axes.rows + axis] = sum
    }
  return { rows, columns: axes.rows, values: projected }
}

/** [columns, columns], not divided by the rows: only its directions count. */
function covarianceOf({ rows, columns, values }: FeatureMatrix): Float64Array {
  const covariance = new Float64Array(columns * columns)
  for (let row = 0; row < rows; row++)
    for (let left = 0; left < columns; left++) {
      const value = values[row * columns + left] as number
      for (let right = 0; right <= left; right++)
        covariance[left * columns + right] =
          (covariance[left * columns + right] as number) + value * (values[row * columns + right] as number)
    }
  for (let left = 0; left < columns; left++)
    for (let right = left + 1; right < columns; right++)
      covariance[left * columns + right] = covariance[right * columns + left] as number
  return covariance
}

const product = (matrix: Float64Array, vector: Float64Array): Float64Array =>
  vector.map((_, row) => {
    let sum = 0
    for (let column = 0; column < vector.length; column++)
      sum += (matrix[row * vector.length + column] as number) * (vector[column] as number)
    return sum
  })

/** Gram and Schmidt; an axis that the others leave nothing of is nothing. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const done: Float64Array[] = []
  for (const vector of vectors) {
    const rest = vector.slice()
    const before = lengthOf(rest)
    for (const axis of done) {
      const along = dot(rest, axis)
      for (let at = 0; at < rest.length; at++) rest[at] = (rest[at] as number) - along * (axis[at] as number)
    }
    const length = lengthOf(rest)
    done.push(rest.map((value) => (length <= 1e-9 * before ? 0 : value / length)))
  }
  return done
}

const dot = (left: Float64Array, right: Float64Array): number =>
  left.reduce((sum, value, at) => sum + value * (right[at] as number), 0)
const lengthOf = (vector: Float64Array): number => Math.sqrt(dot(vector, vector))
