import { expect, test } from 'vitest'
import { trendOf, type CoursePoint } from '../../../contract/measured-course.ts'
import { RandomStream } from '../../../native-worker/random/random-stream.ts'

const pointsOf = (values: readonly number[], every = 100): readonly CoursePoint[] =>
  values.map((value, index) => ({ step: (index + 1) * every, value }))
const isRising = (values: readonly number[]): boolean | undefined =>
  trendOf(pointsOf(values), { noise: 0.03 })?.isRising

test('two measurements are no course', () => {
  expect(trendOf(pointsOf([0.1, 0.9]), { noise: 0.03 })).toBeNull()
})

test('a steady gain rises, a level and a fall do not', () => {
  expect(isRising([0.1, 0.2, 0.3, 0.4, 0.5])).toBe(true)
  expect(isRising([0.5, 0.5, 0.5, 0.5])).toBe(false)
  expect(isRising([0.6, 0.5, 0.4, 0.3])).toBe(false)
  // What was gained long ago is not a gain of now.
  expect(isRising([0.1, 0.3, 0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6])).toBe(false)
})

test('one lucky measurement is no trend', () => {
  expect(isRising([0.5, 0.49, 0.51, 0.5, 0.5, 0.7])).toBe(false)
})

test('noise about a level is taken for a gain in one case of fifteen at most, and a gain through the same noise is seen', () => {
  const random = RandomStream.fromSeed(3, 'noise')
  const rounds = 300
  const rising = (slope: number, length: number): number =>
    Array.from({ length: rounds }, () =>
      isRising(Array.from({ length }, (_, index) => 0.4 + slope * index + 0.05 * random.normal())),
    ).filter(Boolean).length / rounds
  for (const length of [6, 12, 40]) expect(rising(0, length)).toBeLessThan(1 / 15)
  expect(rising(0.05, 12)).toBeGreaterThan(0.7)
})

test('says where a value is reached on the logarithm of the steps, and nothing of what does not rise', () => {
  // Doubling the steps gains a tenth.
  const doubling = [100, 200, 400, 800].map((step, index) => ({ step, value: 0.1 + index / 10 }))
  expect(trendOf(doubling, { noise: 0.03 })?.stepAt(0.5)).toBeCloseTo(1600, 3)
  expect(trendOf(pointsOf([0.5, 0.5, 0.5]), { noise: 0.03 })?.stepAt(0.9)).toBeNull()
})
