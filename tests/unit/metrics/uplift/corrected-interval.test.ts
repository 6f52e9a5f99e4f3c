import { expect, test } from 'vitest'
import { correctedInterval } from '../../../../native-worker/metrics/uplift/corrected-interval.ts'

test('the corrected resampled t, by hand', () => {
  // Mean 3, variance 2.5; t(0.975, 4) = 2.776445; sqrt((1/5 + 50/200) · 2.5) = 1.0606602.
  const { mean, low, high } = correctedInterval([1, 2, 3, 4, 5], { tested: 50, trained: 200 })
  expect(mean).toBe(3)
  expect(high - mean).toBeCloseTo(2.776445 * 1.0606602, 4)
  expect(mean - low).toBeCloseTo(high - mean, 10)
})

test('without test images it is the plain paired t', () => {
  // Mean 2, deviation 1.101946; the tables give t(0.975, 7) = 2.364624.
  const { low, high } = correctedInterval([0.5, 1.5, 2, 4, 2, 1, 3, 2], { tested: 0, trained: 1 })
  expect(low).toBeCloseTo(1.07875, 3)
  expect(high).toBeCloseTo(2.92125, 3)
})

test('more test images to the train image widen it', () => {
  const narrow = correctedInterval([1, 2, 3], { tested: 1, trained: 100 })
  const wide = correctedInterval([1, 2, 3], { tested: 50, trained: 100 })
  expect(wide.low).toBeLessThan(narrow.low)
})

test('one repeat has no interval', () => {
  expect(() => correctedInterval([1], { tested: 1, trained: 1 })).toThrow(RangeError)
})
