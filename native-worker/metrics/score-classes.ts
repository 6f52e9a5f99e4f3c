import type { RandomStream } from '../random/random-stream.ts'
import { fewestImagesToCompare } from '../../contract/training.ts'
import { compareNeighbourhoods, coverageBetween, coverageNeighboursFor } from './compare-neighbourhoods.ts'
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
  const { left, right } = splitInHalves(matrix, random)
  return squaredDiscrepancy(left, right)
}

/**
 * What coverage one half of a class's real images reaches of the other half: the value that 95 % of the random splits stay above.
 * With as many neighbours as the whole class is compared with, so that it is what `scoreClass` could give. Null below 10 images.
 */
export function realCoverageFloor(
  real: FeatureMatrix,
  { random, splits = 20 }: { random: RandomStream; splits?: number },
): number | null {
  if (real.rows < fewestImagesToCompare) return null
  const neighbours = coverageNeighboursFor(real.rows)
  const floors = Array.from({ length: splits }, () => {
    const { left, right } = splitInHalves(real, random)
    return coverageBetween({ real: left, synthetic: right, neighbours: Math.min(neighbours, left.rows - 1) })
  }).toSorted((a, b) => a - b)
  return floors[Math.floor(0.05 * splits)] ?? null
}

function splitInHalves(
  matrix: FeatureMatrix,
  random: RandomStream,
): { readonly left: FeatureMatrix; readonly right: FeatureMatrix } {
  const order = drawRows(random, { rows: matrix.rows, count: matrix.rows })
  const half = Math.floor(matrix.rows / 2)
  return { left: selectRows(matrix, order.slice(0, half)), right: selectRows(matrix, order.slice(half, 2 * half)) }
}
