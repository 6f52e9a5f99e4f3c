import { describe, expect, test } from 'vitest'
import { RandomStream } from '../../../native-worker/random/random-stream.ts'
import { kernelDistance, squaredDiscrepancy } from '../../../native-worker/metrics/kernel-distance.ts'
import { drawNormalFeatures } from './normal-features.ts'

const random = (): RandomStream => RandomStream.fromSeed(1, 'subsets')

describe('kernelDistance', () => {
  test('two rows each, by hand', () => {
    const left = { rows: 2, columns: 1, values: Float32Array.from([0, 1]) }
    const right = { rows: 2, columns: 1, values: Float32Array.from([1, 2]) }
    // k(0,1) = 1, k(1,2) = 27, cross terms 1, 1, 8, 27 → 1 + 27 − 2 · 37/4
    expect(squaredDiscrepancy(left, right)).toBeCloseTo(9.5, 12)
  })

  test('is on its floor for equal distributions and far above it for moved ones', () => {
    const real = drawNormalFeatures(1, { rows: 300, columns: 32 })
    const equal = kernelDistance(real, drawNormalFeatures(2, { rows: 200, columns: 32 }), { random: random() })
    const moved = kernelDistance(real, drawNormalFeatures(3, { rows: 200, columns: 32, shift: 0.5 }), {
      random: random(),
    })
    if (equal.kind !== 'measured' || moved.kind !== 'measured') throw new Error('enough images')
    expect(equal.subsetSize).toBe(150)
    expect(Math.abs(equal.distance)).toBeLessThan(0.02)
    expect(Math.abs(equal.floor)).toBeLessThan(0.02)
    // ‖mean difference‖²/d = 0.25 alone moves the cubic kernel by more than 3 · 0.25.
    expect(moved.distance).toBeGreaterThan(0.7)
    expect(moved.deviation).toBeLessThan(0.2)
  })

  test('sees lost variety where the mean is right', () => {
    const real = drawNormalFeatures(1, { rows: 200, columns: 32 })
    const collapsed = drawNormalFeatures(2, { rows: 200, columns: 32, deviation: 0.05 })
    const result = kernelDistance(real, collapsed, { random: random() })
    if (result.kind !== 'measured') throw new Error('enough images')
    expect(result.distance).toBeGreaterThan(result.floor + 5 * result.floorDeviation)
  })

  test('says so where a side has fewer than 30 images', () => {
    const real = drawNormalFeatures(1, { rows: 59, columns: 4 })
    expect(kernelDistance(real, real, { random: random() })).toEqual({
      kind: 'notMeaningful',
      images: 29,
      needed: 30,
    })
  })
})
