import { expect, test } from 'vitest'
import { thinSteps } from '../../../../native-worker/project/storage/thin-steps.ts'

const every = (count: number, by = 1): readonly number[] => Array.from({ length: count }, (_, index) => index * by)
const gaps = (steps: readonly number[]): readonly number[] =>
  steps.slice(1).map((step, index) => step - (steps[index] ?? 0))

test('few steps all stay', () => {
  expect(thinSteps([3, 5, 8], { rare: [], sparse: [], most: 3 })).toEqual([3, 5, 8])
})

test('equal steps are thinned evenly, with both ends', () => {
  const kept = thinSteps(every(1000), { rare: [], sparse: [], most: 100 })
  expect(kept).toHaveLength(100)
  expect([kept[0], kept.at(-1)]).toEqual([0, 999])
  expect(Math.max(...gaps(kept))).toBeLessThanOrEqual(12)
})

test('steps with something of their own stay before the others', () => {
  const sparse = every(30, 33)
  const kept = thinSteps(every(1000), { rare: [500], sparse, most: 100 })
  expect(kept).toHaveLength(100)
  expect(kept).toEqual(expect.arrayContaining([500, ...sparse]))
})

test('too many of them are thinned evenly too, and take half of the places at most', () => {
  const sparse = every(400, 2).map((step) => step + 1)
  const kept = thinSteps(every(1000), { rare: [500, 502], sparse, most: 100 })
  expect(kept).toHaveLength(100)
  expect(kept).toEqual(expect.arrayContaining([500, 502]))
  const odd = kept.filter((step) => sparse.includes(step))
  expect(odd).toHaveLength(48)
  expect(Math.max(...gaps(odd))).toBeLessThanOrEqual(20)
})
