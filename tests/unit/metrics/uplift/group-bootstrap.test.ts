import { expect, test } from 'vitest'
import { groupBootstrap } from '../../../../native-worker/metrics/uplift/group-bootstrap.ts'
import { RandomStream } from '../../../../native-worker/random/random-stream.ts'

const random = (): RandomStream => RandomStream.fromSeed(3, 'bootstrap')
const range = (length: number): number[] => Array.from({ length }, (_, index) => index)
const truth = range(40).map((image) => image % 2)
const wrong = (every: number): number[] => truth.map((label, image) => (image % every === 0 ? 1 - label : label))

test('the same predictions differ by nothing', () => {
  const { macroF1 } = groupBootstrap(
    { truth, groups: range(40), reference: [wrong(3)], arm: [wrong(3)] },
    { classCount: 2, random: random() },
  )
  expect(macroF1).toEqual({ mean: 0, low: 0, high: 0 })
})

test('the interval holds the difference of all images', () => {
  const { macroF1, recalls } = groupBootstrap(
    { truth, groups: range(40), reference: [wrong(3)], arm: [truth] },
    { classCount: 3, random: random() },
  )
  expect(macroF1.low).toBeGreaterThan(10)
  expect(macroF1.low).toBeLessThan(35)
  expect(macroF1.high).toBeGreaterThan(35)
  expect(recalls[0]?.mean).toBeCloseTo(35, 0)
  expect(recalls[2]).toBeNull()
})

test('images of few groups prove less than as many of their own', () => {
  const width = (groups: readonly number[]): number => {
    const { macroF1 } = groupBootstrap(
      { truth, groups, reference: [wrong(5)], arm: [truth] },
      { classCount: 2, random: random() },
    )
    return macroF1.high - macroF1.low
  }
  // Whole groups are right or wrong together: 8 groups of 5.
  const grouped = range(40).map((image) => Math.floor(image / 2) % 5)
  expect(width(grouped)).toBeGreaterThan(1.4 * width(range(40)))
})

test('equal seeds give equal intervals', () => {
  const once = (): unknown =>
    groupBootstrap(
      { truth, groups: range(40), reference: [wrong(3), wrong(4)], arm: [wrong(7), wrong(5)] },
      { classCount: 2, random: random(), draws: 100 },
    )
  expect(once()).toEqual(once())
})
