/**
 * Orthonormal axes of the rows' covariance, the widest first, by Jacobi rotations. Turning rows into them keeps every distance
 * and gathers most of it in the first columns.
 * @param rows [count, columns]
 * @returns [columns, columns], an axis a row
 */
export function principalAxes(rows: Float32Array, columns: number): Float64Array {
  const matrix = covariance(rows, columns)
  const axes = new Float64Array(columns * columns)
  for (let index = 0; index < columns; index++) axes[index * columns + index] = 1
  for (let sweep = 0; sweep < 30 && offDiagonal(matrix, columns) > 1e-12; sweep++)
    for (let p = 0; p < columns - 1; p++)
      for (let q = p + 1; q < columns; q++) rotate({ matrix, axes, columns }, { p, q })
  const order = Array.from({ length: columns }, (_, index) => index).sort(
    (a, b) => (matrix[b * columns + b] as number) - (matrix[a * columns + a] as number),
  )
  const sorted = new Float64Array(axes.length)
  order.forEach((from, to) => {
    for (let column = 0; column < columns; column++)
      sorted[to * columns + column] = axes[column * columns + from] as number
  })
  return sorted
}

function covariance(rows: Float32Array, columns: number): Float64Array {
  const count = rows.length / columns
  const means = new Float64Array(columns)
  rows.forEach((value, at) => (means[at % columns] = (means[at % columns] as number) + value / count))
  const matrix = new Float64Array(columns * columns)
  const centred = new Float64Array(columns)
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < columns; column++)
      centred[column] = (rows[row * columns + column] as number) - (means[column] as number)
    for (let p = 0; p < columns; p++)
      for (let q = p; q < columns; q++)
        matrix[p * columns + q] =
          (matrix[p * columns + q] as number) + ((centred[p] as number) * (centred[q] as number)) / count
  }
  for (let p = 0; p < columns; p++)
    for (let q = 0; q < p; q++) matrix[p * columns + q] = matrix[q * columns + p] as number
  return matrix
}

function offDiagonal(matrix: Float64Array, columns: number): number {
  let off = 0
  let all = 1e-30
  matrix.forEach((value, at) => {
    all += value * value
    if (Math.floor(at / columns) !== at % columns) off += value * value
  })
  return off / all
}

function rotate(
  { matrix, axes, columns }: { matrix: Float64Array; axes: Float64Array; columns: number },
  { p, q }: { readonly p: number; readonly q: number },
): void {
  const cross = matrix[p * columns + q] as number
  if (cross === 0) return
  const slope = ((matrix[q * columns + q] as number) - (matrix[p * columns + p] as number)) / (2 * cross)
  const tangent = (slope >= 0 ? 1 : -1) / (Math.abs(slope) + Math.sqrt(slope * slope + 1))
  const cosine = 1 / Math.sqrt(tangent * tangent + 1)
  const sine = tangent * cosine
  const turn = (values: Float64Array, first: number, second: number): void => {
    const a = values[first] as number
    const b = values[second] as number
    values[first] = cosine * a - sine * b
    values[second] = sine * a + cosine * b
  }
  for (let row = 0; row < columns; row++) turn(matrix, row * columns + p, row * columns + q)
  for (let column = 0; column < columns; column++) turn(matrix, p * columns + column, q * columns + column)
  for (let row = 0; row < columns; row++) turn(axes, row * columns + p, row * columns + q)
}
