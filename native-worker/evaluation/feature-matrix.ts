/** Feature vectors of a set of images, row by row: `values[row * columns + column]`. */
export interface FeatureMatrix {
  readonly rows: number
  readonly columns: number
  readonly values: Float32Array
}

/** The rows named, in that order. */
export function selectRows({ columns, values }: FeatureMatrix, rows: readonly number[]): FeatureMatrix {
  const selected = new Float32Array(rows.length * columns)
  rows.forEach((row, index) => {
    selected.set(values.subarray(row * columns, (row + 1) * columns), index * columns)
  })
  return { rows: rows.length, columns, values: selected }
}

/** Matrices of the same images side by side, e.g. features of two networks. */
export function joinColumns(left: FeatureMatrix, right: FeatureMatrix): FeatureMatrix {
  if (left.rows !== right.rows) throw new RangeError(`${left.rows} rows cannot stand beside ${right.rows}`)
  const columns = left.columns + right.columns
  const values = new Float32Array(left.rows * columns)
  for (let row = 0; row < left.rows; row++) {
    values.set(left.values.subarray(row * left.columns, (row + 1) * left.columns), row * columns)
    values.set(right.values.subarray(row * right.columns, (row + 1) * right.columns), row * columns + left.columns)
  }
  return { rows: left.rows, columns, values }
}
