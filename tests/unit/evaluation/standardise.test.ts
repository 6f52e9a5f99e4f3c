import { expect, test } from 'vitest'
import { fitStandardisation, standardise } from '../../../native-worker/evaluation/standardise.ts'

test('scales by the real images and drops what never varies', () => {
  const real = { rows: 2, columns: 2, values: Float32Array.from([1, 5, 3, 5]) }
  const fitted = fitStandardisation(real)
  expect([...standardise(real, fitted).values]).toEqual([-1, 0, 1, 0])
  const other = { rows: 1, columns: 2, values: Float32Array.from([4, 900]) }
  expect([...standardise(other, fitted).values]).toEqual([2, 0])
})
