import { expect, test } from 'vitest'
import { fromHalf, toHalf } from '../../../native-worker/trainer/half-precision.ts'

test.each([
  [0, 0],
  [1, 0x3c00],
  [-2, 0xc000],
  [65504, 0x7bff],
  [65520, 0x7c00],
  [2 ** -14, 0x0400],
  [2 ** -24, 0x0001],
  [2 ** -26, 0],
  [1 / 3, 0x3555],
  // Half-way between two: to the even one.
  [1 + 2 ** -11, 0x3c00],
  [1 + 3 * 2 ** -11, 0x3c02],
  [Number.POSITIVE_INFINITY, 0x7c00],
  [Number.NEGATIVE_INFINITY, 0xfc00],
])('%f is %i', (value, half) => {
  expect(toHalf(value)).toBe(half)
})

test('every half is itself again', () => {
  for (let half = 0; half < 65_536; half++) {
    const value = fromHalf(half)
    if (Number.isNaN(value)) expect(fromHalf(toHalf(value))).toBeNaN()
    else expect(toHalf(value)).toBe(half)
  }
})
