import { expect, test } from 'vitest'
import { RandomStream } from '../../../native-worker/random/random-stream.ts'
import {
  meanOverClasses,
  realCoverageFloor,
  realDistanceFloor,
  scoreClass,
} from '../../../native-worker/metrics/score-classes.ts'
import { drawNormalFeatures } from './normal-features.ts'

const real = drawNormalFeatures(1, { rows: 40, columns: 16 })

test('a collapsed class shows in all three numbers', () => {
  const good = scoreClass({ real, synthetic: drawNormalFeatures(2, { rows: 64, columns: 16 }) })
  const collapsed = scoreClass({ real, synthetic: drawNormalFeatures(3, { rows: 64, columns: 16, deviation: 0.01 }) })
  expect(good.coverage).toBeGreaterThan(0.8)
  expect(good.diversity).toBeCloseTo(1, 1)
  expect(collapsed.diversity).toBeLessThan(0.02)
  expect(collapsed.distance ?? 0).toBeGreaterThan((good.distance ?? 0) + 0.1)
})

test('a class of three images has no numbers and does not spoil the mean', () => {
  const few = scoreClass({ real: drawNormalFeatures(1, { rows: 3, columns: 16 }), synthetic: real })
  expect(few).toEqual({ coverage: null, diversity: null, distance: null })
  expect(meanOverClasses([few.coverage, 0.5, 1])).toBe(0.75)
  expect(meanOverClasses([null])).toBeNull()
})

test('the floor is what halves of the real images give', () => {
  const floor = realDistanceFloor([real, drawNormalFeatures(5, { rows: 3, columns: 16 })], {
    random: RandomStream.fromSeed(1, 'floor'),
  })
  expect(floor).not.toBeNull()
  expect(Math.abs(floor ?? 9)).toBeLessThan(0.5)
  expect(
    realDistanceFloor([drawNormalFeatures(5, { rows: 9, columns: 16 })], { random: RandomStream.fromSeed(1, 'f') }),
  ).toBeNull()
})

test('the floor of coverage is what halves of the real images reach: near what equal distributions do, for few images too', () => {
  const floorOf = (rows: number) =>
    realCoverageFloor(drawNormalFeatures(4, { rows, columns: 16 }), { random: RandomStream.fromSeed(1, 'f') })
  expect(floorOf(9)).toBeNull()
  for (const rows of [10, 24, 40, 64]) {
    const floor = floorOf(rows) ?? 0
    expect(floor).toBeGreaterThan(0.55)
    expect(floor).toBeLessThanOrEqual(1)
  }
  // Twice as many images, the same scatter: the bound comes nearer to what is expected.
  expect(floorOf(64) ?? 0).toBeGreaterThan(0.8)
})
