import { fewestImagesToCompare } from '../../contract/training.ts'
import type { FeatureMatrix } from './feature-matrix.ts'
import { tooFew, type Measured } from './measured.ts'
import { neighbourRadii } from './neighbour-radii.ts'
import { squaredDistances } from './squared-distances.ts'

export interface Neighbourhoods {
  /** Share of synthetic images inside the ball of some real one: is what is made plausible? */
  readonly precision: number
  /** Share of real images inside the ball of some synthetic one. */
  readonly recall: number
  /** Real balls around a synthetic image over k; 1 for equal distributions, more where samples crowd. */
  readonly density: number
  /** Share of real images with a synthetic one inside their ball: is everything made? */
  readonly coverage: number
  /** What coverage two equal distributions of these sizes would have on average. */
  readonly expectedCoverage: number
}

export interface NeighbourhoodOptions {
  /** k of precision and recall. */
  readonly recallNeighbours?: number
  /** k of density and coverage; 5, or 3 below 30 images. */
  readonly coverageNeighbours?: number
}

const manyImages = 30

/** k of coverage where the smaller side has so many images. */
export const coverageNeighboursFor = (images: number): number => (images < manyImages ? 3 : 5)

/** Share of real images with a synthetic one nearer than their k-th real neighbour. */
export function coverageBetween({
  real,
  synthetic,
  neighbours,
}: {
  readonly real: FeatureMatrix
  readonly synthetic: FeatureMatrix
  readonly neighbours: number
}): number {
  const between = squaredDistances(real, synthetic)
  const covered = neighbourRadii(real, neighbours).reduce((count, radius, row) => {
    const distances = between.subarray(row * synthetic.rows, (row + 1) * synthetic.rows)
    return count + (distances.some((distance) => distance < radius) ? 1 : 0)
  }, 0)
  return covered / real.rows
}

/**
 * Improved precision and recall (Kynkäänniemi et al. 2019) and density and coverage (Naeem et al. 2020). A ball reaches to the
 * k-th nearest neighbour in its own set.
 */
export function compareNeighbourhoods(
  real: FeatureMatrix,
  synthetic: FeatureMatrix,
  options: NeighbourhoodOptions = {},
): Measured<Neighbourhoods> {
  const refusal = tooFew(fewestImagesToCompare, real.rows, synthetic.rows)
  if (refusal !== null) return refusal
  const recallNeighbours = options.recallNeighbours ?? 3
  const coverageNeighbours = options.coverageNeighbours ?? coverageNeighboursFor(Math.min(real.rows, synthetic.rows))
  const between = squaredDistances(real, synthetic)
  const realRadii = neighbourRadii(real, recallNeighbours)
  const syntheticRadii = neighbourRadii(synthetic, recallNeighbours)
  const coverageRadii = coverageNeighbours === recallNeighbours ? realRadii : neighbourRadii(real, coverageNeighbours)

  const isPlausible = new Uint8Array(synthetic.rows)
  let recalled = 0
  let covered = 0
  let balls = 0
  for (let i = 0; i < real.rows; i++) {
    const row = between.subarray(i * synthetic.rows, (i + 1) * synthetic.rows)
    const radius = realRadii[i] ?? 0
    const coverageRadius = coverageRadii[i] ?? 0
    let recallers = 0
    let inside = 0
    row.forEach((distance, j) => {
      if (distance < radius) isPlausible[j] = 1
      if (distance < (syntheticRadii[j] ?? 0)) recallers++
      if (distance < coverageRadius) inside++
    })
    if (recallers > 0) recalled++
    if (inside > 0) covered++
    balls += inside
  }
  return {
    kind: 'measured',
    precision: isPlausible.reduce((sum, value) => sum + value, 0) / synthetic.rows,
    recall: recalled / real.rows,
    density: balls / (coverageNeighbours * synthetic.rows),
    coverage: covered / real.rows,
    expectedCoverage: expectedCoverage({
      real: real.rows,
      synthetic: synthetic.rows,
      neighbours: coverageNeighbours,
    }),
  }
}

/** Mean coverage of equal distributions, whatever they are (Naeem et al. 2020, lemma 2): 1 − Π (N − i) / (N + M − i). */
export function expectedCoverage({
  real,
  synthetic,
  neighbours,
}: {
  real: number
  synthetic: number
  neighbours: number
}): number {
  let missed = 1
  for (let i = 1; i <= neighbours; i++) missed *= (real - i) / (real + synthetic - i)
  return 1 - missed
}
