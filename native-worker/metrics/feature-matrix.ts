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
