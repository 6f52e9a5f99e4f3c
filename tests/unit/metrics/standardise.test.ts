import { expect, test } from 'vitest'
import { fitStandardisation, standardise } from '../../../native-worker/metrics/standardise.ts'

test('scales by the real images and drops what never varies', () => {
  const real = { rows: 2, columns: 2, values: Float32Array.from([1, 5, 3, 5]) }
  const fitted = fitStandardisation(real)
  expect([...standardise(real, fitted).values]).toEqual([-1, 0, 1, 0])
  const other = { rows: 1, columns: 2, values: Float32Array.from([4, 900]) }
  expect([...standardise(other, fitted).values]).toEqual([2, 0])
})

test('a column that hardly varies is not measured in its own tiny deviations; the others are left as they are', () => {
  const spreads = [4, 2, 1, 0.03, 0.00002, 0]
  const real = {
    rows: 2,
    columns: 6,
    values: Float32Array.from([...spreads.map((spread) => 5 - spread), ...spreads.map((spread) => 5 + spread)]),
  }
  const { deviations } = fitStandardisation(real)
  expect([...deviations.slice(0, 4)].map((deviation) => Math.round(1000 * deviation) / 1000)).toEqual([4, 2, 1, 0.03])
  // A hundredth of the median, which is 1.
  expect(deviations[4]).toBeCloseTo(0.01, 6)
  expect(deviations[5]).toBe(0)
})
