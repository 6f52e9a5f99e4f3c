import type { RandomStream } from '../random/random-stream.ts'
import { compareNeighbourhoods } from './compare-neighbourhoods.ts'
import { pairDiversity } from './diversity.ts'
import { drawRows } from './draw-rows.ts'
import { selectRows, type FeatureMatrix } from './feature-matrix.ts'
import { squaredDiscrepancy } from './kernel-distance.ts'

/** Features of one class: what there is and what is made. */
export interface ClassFeatures {
  readonly real: FeatureMatrix
  readonly synthetic: FeatureMatrix
}

export interface ClassScores {
  /** Share of real images that something synthetic resembles, between as many of each; null below 10 images. */
  readonly coverage: number | null
  /** Mean distance between two synthetic images over the same between two real ones; null below 5 images. */
  readonly diversity: number | null
  /** Unbiased squared discrepancy with the cubic kernel; null below 5 images. */
  readonly distance: number | null
}

const fewestForDistance = 5

export function scoreClass({ real, synthetic }: ClassFeatures): ClassScores {
  const count = Math.min(real.rows, synthetic.rows)
  const rows = Array.from({ length: count }, (_, row) => row)
  const neighbourhoods = compareNeighbourhoods(selectRows(real, rows), selectRows(synthetic, rows))
  const diversity = pairDiversity(real, synthetic)
  return {
    coverage: neighbourhoods.kind === 'measured' ? neighbourhoods.coverage : null,
    diversity: diversity.kind === 'measured' && Number.isFinite(diversity.ratio) ? diversity.ratio : null,
    distance: count < fewestForDistance ? null : squaredDiscrepancy(real, synthetic),
  }
}

/** Mean over the classes that have a value, so that rare ones weigh the same; null where none has. */
export function meanOverClasses(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}

/**
 * What two disjoint halves of the real images give where a generator's images give `distance`, as a mean over the classes: the
 * value that 95 % of the random splits stay under. Halves are smaller than the sets compared, so the bound is on the safe side;
 * with a class of 20 images it is wide, and rightly so. Null where no class has 10 images.
 */
export function realDistanceFloor(
  real: readonly FeatureMatrix[],
  { random, splits = 20 }: { random: RandomStream; splits?: number },
): number | null {
  const large = real.filter(({ rows }) => rows >= 2 * fewestForDistance)
  if (large.length === 0) return null
  const floors = Array.from({ length: splits }, () =>
    meanOverClasses(large.map((matrix) => splitDistance(matrix, random))),
  )
  const sorted = floors.filter((floor) => floor !== null).sort((left, right) => left - right)
  return sorted[Math.ceil(0.95 * sorted.length) - 1] ?? null
}

function splitDistance(matrix: FeatureMatrix, random: RandomStream): number {
  const order = drawRows(random, { rows: matrix.rows, count: matrix.rows })
  const half = Math.floor(matrix.rows / 2)
  return squaredDiscrepancy(selectRows(matrix, order.slice(0, half)), selectRows(matrix, order.slice(half, 2 * half)))
}
