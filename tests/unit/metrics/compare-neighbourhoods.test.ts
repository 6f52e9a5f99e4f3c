import { describe, expect, test } from 'vitest'
import { compareNeighbourhoods, expectedCoverage } from '../../../native-worker/metrics/compare-neighbourhoods.ts'
import type { FeatureMatrix } from '../../../native-worker/metrics/feature-matrix.ts'
import { drawNormalFeatures } from './normal-features.ts'

const onLine = (values: readonly number[]): FeatureMatrix => ({
  rows: values.length,
  columns: 1,
  values: Float32Array.from(values),
})

describe('compareNeighbourhoods', () => {
  test('counts balls on a line as one does by hand', () => {
    // Real 0 … 9 and 100 … 109 have radius 2 inside and 3 at the ends with k = 3 (two neighbours at 1, the third at 2).
    const real = onLine([...Array(10).keys(), ...[...Array(10).keys()].map((value) => value + 100)])
    // Half of the synthetic points lie on the first cluster, the others far from everything.
    const synthetic = onLine([4.5, 4.5, 4.5, 4.5, 4.5, 500, 501, 502, 503, 504])
    const result = compareNeighbourhoods(real, synthetic, { recallNeighbours: 3, coverageNeighbours: 3 })
    if (result.kind !== 'measured') throw new Error('20 and 10 images are enough')
    expect(result.precision).toBe(0.5)
    // 4.5 is within 2 of 3, 4, 5 and 6 only: 4 of 20 real points are covered.
    expect(result.coverage).toBe(4 / 20)
    // 5 synthetic points inside 4 balls each, over k · M = 30.
    expect(result.density).toBeCloseTo(20 / 30, 12)
    // Five equal points have radius 0; those at 500 are far: nothing real is recalled.
    expect(result.recall).toBe(0)
  })

  test('equal normals: coverage as the lemma says, density 1, precision as good as recall', () => {
    const results = Array.from({ length: 60 }, (_, seed) => {
      const real = drawNormalFeatures(2 * seed, { rows: 100, columns: 64 })
      const synthetic = drawNormalFeatures(2 * seed + 1, { rows: 100, columns: 64 })
      const result = compareNeighbourhoods(real, synthetic, { recallNeighbours: 5, coverageNeighbours: 5 })
      if (result.kind !== 'measured') throw new Error('100 images are enough')
      return result
    })
    const mean = (pick: (result: (typeof results)[number]) => number): number =>
      results.reduce((sum, result) => sum + pick(result), 0) / results.length
    // Tolerances are four standard errors of a mean over 60 pairs of sets (measured: 0.0026, 0.019, 0.0083).
    expect(Math.abs(mean(({ coverage }) => coverage) - 0.9711)).toBeLessThan(0.011)
    expect(Math.abs(mean(({ density }) => density) - 1)).toBeLessThan(0.08)
    expect(Math.abs(mean(({ precision, recall }) => precision - recall))).toBeLessThan(0.035)
    expect(results[0]?.expectedCoverage).toBeCloseTo(0.9711, 4)
  })

  test('a generator that makes one mode only loses coverage and recall, not precision', () => {
    const left = drawNormalFeatures(1, { rows: 100, columns: 8, shift: -10 })
    const right = drawNormalFeatures(2, { rows: 100, columns: 8, shift: 10 })
    const real = { rows: 200, columns: 8, values: Float32Array.from([...left.values, ...right.values]) }
    const result = compareNeighbourhoods(real, drawNormalFeatures(3, { rows: 200, columns: 8, shift: 10 }))
    if (result.kind !== 'measured') throw new Error('200 images are enough')
    expect(result.precision).toBeGreaterThan(0.8)
    expect(result.coverage).toBeLessThanOrEqual(0.5)
    expect(result.recall).toBeLessThanOrEqual(0.5)
  })

  test('uses three neighbours below 30 images and refuses below 10', () => {
    const real = drawNormalFeatures(1, { rows: 20, columns: 4 })
    const result = compareNeighbourhoods(real, drawNormalFeatures(2, { rows: 20, columns: 4 }))
    expect(result).toMatchObject({ expectedCoverage: expectedCoverage({ real: 20, synthetic: 20, neighbours: 3 }) })
    expect(compareNeighbourhoods(drawNormalFeatures(1, { rows: 9, columns: 4 }), real)).toEqual({
      kind: 'notMeaningful',
      images: 9,
      needed: 10,
    })
  })
})
