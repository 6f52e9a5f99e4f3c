import { expect, test } from 'vitest'
import { orderForSpread } from '../../../native-worker/images/order-for-spread.ts'

const at = (x: number, y: number, score = 1) => ({ descriptor: Float32Array.from([x, y]), score })

test('the most typical first, then the farthest from all that were taken; near copies last', () => {
  // Three heaps, the middle one in between; each has a near copy.
  const candidates = [at(0, 0), at(0.01, 0), at(5, 0), at(5.01, 0), at(10, 0), at(10.01, 0)]
  const order = orderForSpread(candidates, 6)
  expect(
    order
      .slice(0, 3)
      .map((index) => Math.round(candidates[index]?.descriptor[0] ?? NaN))
      .sort(),
  ).toEqual([0, 10, 5].sort())
  expect(new Set(order).size).toBe(6)
})

test('a better score is taken before one that is as far away', () => {
  expect(orderForSpread([at(0, 0), at(3, 0, 0.2), at(-3, 0, 0.9)], 2)).toEqual([0, 2, 1])
})

test('what is not wanted follows as it came; the same candidates give the same order', () => {
  const candidates = Array.from({ length: 40 }, (_, index) => at((index * 7) % 11, (index * 5) % 13))
  const order = orderForSpread(candidates, 10)
  expect(order.slice(10)).toEqual([...order.slice(10)].sort((a, b) => a - b))
  expect(orderForSpread(candidates, 10)).toEqual(order)
  expect(orderForSpread([], 3)).toEqual([])
})
