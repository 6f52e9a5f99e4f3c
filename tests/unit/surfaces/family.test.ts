import { expect, test } from 'vitest'
import { makeFamily } from '../../../native-worker/surfaces/family.ts'
import { allFlaws } from '../../../native-worker/surfaces/flaws/all-flaws.ts'
import { allGrounds } from '../../../native-worker/surfaces/grounds/all-grounds.ts'

const seeds = [1, 2]
/** Enough for every background and every defect, with different company. */
const numbers = Array.from({ length: Math.max(allGrounds.length, allFlaws.length) }, (_, number) => number)

const spread = (values: ArrayLike<number>): number => {
  const list = Array.from(values)
  const mean = list.reduce((sum, value) => sum + value, 0) / list.length
  return Math.sqrt(list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / list.length)
}

test('there are enough kinds, and each has a name of its own', () => {
  expect(allGrounds.length).toBeGreaterThanOrEqual(24)
  expect(allFlaws.length).toBeGreaterThanOrEqual(22)
  for (const kinds of [allGrounds, allFlaws]) expect(new Set(kinds.map(([name]) => name)).size).toBe(kinds.length)
})

test('the first families have every kind of background and of defect', () => {
  const names = numbers.map((number) => makeFamily(1, number).name)
  for (const [ground] of allGrounds) expect(names.some((name) => name.includes(`-${ground}-`))).toBe(true)
  for (const [flaw] of allFlaws) expect(names.some((name) => name.endsWith(`-${flaw}`))).toBe(true)
})

test.each(seeds)('every family draws something, with its defect inside its mask (seed %i)', (seed) => {
  for (const number of numbers) {
    const family = makeFamily(seed, number)
    const hasFlaw = !family.name.endsWith('-none')
    let changedInside = 0
    let changed = 0
    for (const index of [0, 1, 2]) {
      const drawing = family.draw({ index, size: 64 })
      const flawless = family.draw({ index, size: 64, isFlawless: true })
      expect(
        drawing.brightness.values.every((value) => value >= 0 && value <= 1),
        family.name,
      ).toBe(true)
      expect(
        drawing.mask.values.every((value) => value >= 0 && value <= 1),
        family.name,
      ).toBe(true)
      expect(spread(drawing.brightness.values), family.name).toBeGreaterThan(0.003)
      expect(flawless.mask.values.every((value) => value === 0)).toBe(true)
      expect(
        drawing.mask.values.some((value) => value > 0.4),
        family.name,
      ).toBe(hasFlaw)
      // A camera out of focus spreads what it sees beyond the mask, by at most a few pixels.
      const near = widened(drawing.mask.values, 64)
      drawing.brightness.values.forEach((value, pixel) => {
        const difference = Math.abs(value - (flawless.brightness.values[pixel] ?? 0))
        changed += difference
        if ((near[pixel] ?? 0) > 0.1) changedInside += difference
      })
    }
    expect(changed > 1e-3, family.name).toBe(hasFlaw)
    if (hasFlaw) expect(changedInside / changed, family.name).toBeGreaterThan(0.93)
  }
})

test('families differ from each other more than the pictures of one do', () => {
  const families = numbers.map((number) => {
    const family = makeFamily(1, number)
    return [0, 1, 2, 3].map((index) => statistics(family.draw({ index, size: 64 }).brightness.values))
  })
  const distance = (a: readonly number[], b: readonly number[]): number =>
    Math.hypot(...a.map((value, place) => value - (b[place] ?? 0)))
  let nearestIsOwn = 0
  for (const [own, pictures] of families.entries()) {
    const [first, ...others] = pictures
    if (first === undefined) throw new Error('four pictures')
    const nearest = (list: readonly (readonly number[])[]): number =>
      Math.min(...list.map((other) => distance(first, other)))
    const foreign = families.filter((_, number) => number !== own).map((list) => nearest(list))
    if (nearest(others) < Math.min(...foreign)) nearestIsOwn++
  }
  // By chance the nearest of all other pictures would be of the same family once in 46; these six numbers find half of them.
  expect(nearestIsOwn / families.length).toBeGreaterThan(0.3)
})

test('one class is not one picture', () => {
  for (const number of numbers) {
    const family = makeFamily(1, number)
    const one = family.draw({ index: 0, size: 64 }).brightness.values
    const other = family.draw({ index: 1, size: 64 }).brightness.values
    expect(spread(one.map((value, pixel) => value - (other[pixel] ?? 0))), family.name).toBeGreaterThan(0.003)
  }
})

/** The greatest value within three pixels. */
function widened(values: Float64Array, size: number): Float64Array {
  const reach = 3
  return values.map((_, pixel) => {
    const [row, column] = [Math.floor(pixel / size), pixel % size]
    let greatest = 0
    for (let y = Math.max(0, row - reach); y <= Math.min(size - 1, row + reach); y++)
      for (let x = Math.max(0, column - reach); x <= Math.min(size - 1, column + reach); x++)
        greatest = Math.max(greatest, values[y * size + x] ?? 0)
    return greatest
  })
}

/** Level, spread, fine and coarse texture along both directions, each about as wide as the others. */
function statistics(values: Float64Array): readonly number[] {
  const difference = (step: number): number =>
    Math.log(1e-3 + spread(values.map((v, at) => v - (values[at + step] ?? v))))
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return [4 * mean, Math.log(1e-3 + spread(values)), difference(1), difference(64), difference(4), difference(4 * 64)]
}
