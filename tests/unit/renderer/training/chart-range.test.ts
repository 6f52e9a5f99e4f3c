import { describe, expect, test } from 'vitest'
import { robustRange, sharedAxes, smooth, smoothNoise } from '../../../../renderer/features/training/chart-range.ts'
import { curvesOf } from '../../../helpers/test-metrics.ts'

describe('robustRange', () => {
  test('is not flattened by a spike', () => {
    const curve = Array.from({ length: 500 }, (_, index) => 0.5 + (index % 10) / 10)
    const [low, high] = robustRange([[...curve, 1e6]]) ?? [NaN, NaN]
    expect(low).toBeGreaterThan(0.3)
    expect(high).toBeLessThan(1.6)
  })
  test('covers every curve', () => {
    const [low, high] = robustRange([
      [0, 1],
      [-3, null, 4],
    ]) ?? [NaN, NaN]
    expect(low).toBeLessThanOrEqual(-3)
    expect(high).toBeGreaterThanOrEqual(4)
  })
  test('gives a flat curve a height, and nothing where nothing is finite', () => {
    const [low, high] = robustRange([[2, 2, 2]]) ?? [NaN, NaN]
    expect(high - low).toBeGreaterThan(0)
    expect(robustRange([[null, NaN, Infinity]])).toBeNull()
  })
})

describe('smooth', () => {
  test('weight 0 keeps the curve, more weight dampens it', () => {
    expect(smooth([1, 3, 1], 0)).toEqual([1, 3, 1])
    expect(smooth([0, 10], 0.9)[1]).toBeCloseTo(1)
  })
  test('a few measurements among many steps are drawn as they were measured', () => {
    const rare = Array.from({ length: 400 }, (_, index) => (index % 100 === 50 ? 12 - index / 50 : null))
    expect(smoothNoise(rare, 0.9)).toEqual(rare)
    const many = Array.from({ length: 400 }, (_, index) => index % 2)
    expect(smoothNoise(many, 0.9).at(-1)).toBeCloseTo(0.5, 0)
  })
  test('keeps gaps and does not let NaN spread', () => {
    expect(smooth([1, null, NaN, 1], 0.5)).toEqual([1, null, null, 1])
  })
})

test('two runs share axes that hold the named curves of both', () => {
  const short = { steps: [10, 20], curves: curvesOf({ dLoss: [1, 2], kid: [90, 90] }) }
  const long = { steps: [10, 500], curves: curvesOf({ dLoss: [-1, null], gLoss: [4, 4] }) }
  const axes = sharedAxes(
    [short, long],
    [
      { name: 'dLoss', className: null },
      { name: 'gLoss', className: null },
    ],
  )
  expect(axes?.steps).toEqual([0, 500])
  expect(axes?.values[0]).toBeLessThan(-1)
  expect(axes?.values[1]).toBeGreaterThan(4)
  expect(axes?.values[1]).toBeLessThan(10)
  expect(sharedAxes([{ steps: [], curves: [] }, short], [{ name: 'slope', className: null }])).toBeNull()
})
