import { type FeatureMatrix, selectRows } from './feature-matrix.ts'
import { tooFew, type Measured } from './measured.ts'
import { squaredDistances } from './squared-distances.ts'

export interface Diversity {
  /** Of the synthetic images as a share of the real ones' own; 1 is as varied as reality, near 0 is collapse. */
  readonly ratio: number
  readonly synthetic: number
  readonly real: number
}

const fewestImages = 5

/**
 * Mean Euclidean distance between two images of the same class, against the real images' own. Falls before anything else does
 * when a conditional generator collapses.
 */
export function pairDiversity(real: FeatureMatrix, synthetic: FeatureMatrix): Measured<Diversity> {
  const refusal = tooFew(fewestImages, real.rows, synthetic.rows)
  if (refusal !== null) return refusal
  return compared(meanPairDistance(synthetic), meanPairDistance(real))
}

/**
 * Mean cosine distance inside clusters of images that share the nearest real image (the idea of intra-cluster LPIPS, Ojha et
 * al. 2021, with these features). The first half of the real images are the centres, the second half shows what reality gives
 * with as many images.
 */
export function clusterDiversity(real: FeatureMatrix, synthetic: FeatureMatrix): Measured<Diversity> {
  const half = Math.floor(real.rows / 2)
  const refusal = tooFew(fewestImages, half, synthetic.rows)
  if (refusal !== null) return refusal
  const rowsFrom = (start: number, count: number): readonly number[] =>
    Array.from({ length: count }, (_, index) => start + index)
  const centres = selectRows(real, rowsFrom(0, half))
  const others = selectRows(real, rowsFrom(half, real.rows - half))
  const made = selectRows(synthetic, rowsFrom(0, Math.min(synthetic.rows, others.rows)))
  return compared(meanClusterDistance(made, centres), meanClusterDistance(others, centres))
}

const compared = (synthetic: number, real: number): Measured<Diversity> => ({
  kind: 'measured',
  ratio: real === 0 ? Number.NaN : synthetic / real,
  synthetic,
  real,
})

function meanPairDistance(matrix: FeatureMatrix): number {
  const { rows } = matrix
  const distances = squaredDistances(matrix, matrix)
  let sum = 0
  for (let i = 1; i < rows; i++) for (let j = 0; j < i; j++) sum += Math.sqrt(distances[i * rows + j] as number)
  return (2 * sum) / (rows * (rows - 1))
}

function meanClusterDistance(samples: FeatureMatrix, centres: FeatureMatrix): number {
  const distances = squaredDistances(samples, centres)
  const clusters = new Map<number, number[]>()
  for (let sample = 0; sample < samples.rows; sample++) {
    const own = distances.subarray(sample * centres.rows, (sample + 1) * centres.rows)
    const nearest = own.indexOf(own.reduce((least, distance) => Math.min(least, distance)))
    clusters.set(nearest, [...(clusters.get(nearest) ?? []), sample])
  }
  let sum = 0
  let pairs = 0
  for (const members of clusters.values()) {
    members.forEach((left, index) => {
      for (const right of members.slice(index + 1)) {
        sum += cosineDistance(samples, left, right)
        pairs++
      }
    })
  }
  return pairs === 0 ? 0 : sum / pairs
}

function cosineDistance({ columns, values }: FeatureMatrix, left: number, right: number): number {
  let product = 0
  let leftSquares = 0
  let rightSquares = 0
  for (let column = 0; column < columns; column++) {
    const a = values[left * columns + column] as number
    const b = values[right * columns + column] as number
    product += a * b
    leftSquares += a * a
    rightSquares += b * b
  }
  const lengths = Math.sqrt(leftSquares * rightSquares)
  return lengths === 0 ? 0 : 1 - product / lengths
}
