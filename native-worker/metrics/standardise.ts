import type { FeatureMatrix } from './feature-matrix.ts'

export interface Standardisation {
  readonly means: Float64Array
  /** Population standard deviations, none far below the usual one; 0 marks a column that is constant and says nothing. */
  readonly deviations: Float64Array
}

/** Below this share of the column's own size a deviation is rounding, not variation. */
const smallestRelativeDeviation = 1e-6
/**
 * Of the median deviation. Where a feature hardly varies among real images, because only a pixel or two of them reach it, the
 * slightest difference would be thousands of its deviations and drown all other features. Photographs of surfaces stay above.
 */
const smallestShareOfMedian = 0.01

/** Column means and deviations of the real images; everything compared with them is scaled by these. */
export function fitStandardisation({ rows, columns, values }: FeatureMatrix): Standardisation {
  const means = new Float64Array(columns)
  const deviations = new Float64Array(columns)
  for (let column = 0; column < columns; column++) {
    let sum = 0
    for (let row = 0; row < rows; row++) sum += values[row * columns + column] ?? 0
    const mean = sum / rows
    let squares = 0
    for (let row = 0; row < rows; row++) squares += ((values[row * columns + column] ?? 0) - mean) ** 2
    const deviation = Math.sqrt(squares / rows)
    means[column] = mean
    deviations[column] = deviation <= smallestRelativeDeviation * Math.max(1e-6, Math.abs(mean)) ? 0 : deviation
  }
  return { means, deviations: raiseSmallest(deviations) }
}

function raiseSmallest(deviations: Float64Array): Float64Array {
  const varying = deviations.filter((deviation) => deviation > 0).sort()
  const least = smallestShareOfMedian * (varying[varying.length >> 1] ?? 0)
  return deviations.map((deviation) => (deviation === 0 ? 0 : Math.max(deviation, least)))
}

/** z-scores; constant columns become 0. */
export function standardise(
  { rows, columns, values }: FeatureMatrix,
  { means, deviations }: Standardisation,
): FeatureMatrix {
  const scaled = new Float32Array(values.length)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const deviation = deviations[column] ?? 0
      const at = row * columns + column
      scaled[at] = deviation === 0 ? 0 : ((values[at] ?? 0) - (means[column] ?? 0)) / deviation
    }
  }
  return { rows, columns, values: scaled }
}
