import { expect, test } from 'vitest'
import { RandomStream } from '../../../../../native-worker/random/random-stream.ts'
import type { Raster } from '../../../../../native-worker/trainer/composing/raster.ts'
import { patchworkSample } from '../../../../../native-worker/trainer/recipes/patchwork/patchwork-sample.ts'

const seeded = (seed: number): RandomStream => RandomStream.fromSeed(seed, 'test')
const asItIs = { across: false, down: false }

/** Grain, and dark spots at random places. */
function spotted(seed: number, { size = 32, channels = 1 } = {}): Raster {
  const random = seeded(seed)
  const spots = Array.from({ length: 3 }, () => [random.uniform() * size, random.uniform() * size] as const)
  const values = new Float32Array(size * size * channels)
  for (let at = 0; at < values.length; at++) {
    const place = Math.floor(at / channels)
    const inSpot = spots.some(
      ([row, column]) => Math.hypot(Math.floor(place / size) - row, (place % size) - column) < 4,
    )
    values[at] = 0.2 + 0.05 * random.normal() - (inSpot ? 0.7 : 0)
  }
  return { height: size, width: size, channels, values }
}

const several = (count: number, options = {}): readonly Raster[] =>
  Array.from({ length: count }, (_, seed) => spotted(seed, options))
const darkShare = ({ values }: Raster): number => values.filter((value) => value < -0.2).length / values.length
const apart = (a: Raster, b: Raster): number =>
  Math.sqrt(a.values.reduce((sum, value, at) => sum + (value - (b.values[at] ?? 0)) ** 2, 0) / a.values.length)

test.each([
  [32, 1],
  [48, 3],
  [64, 1],
])('what the class shows is there, and it is no image of it: %i px, %i channels', (size, channels) => {
  const images = several(12, { size, channels })
  const least = Math.min(...images.map(darkShare))
  const most = Math.max(...images.map(darkShare))
  for (let seed = 0; seed < 6; seed++) {
    const made = patchworkSample({ images, symmetry: asItIs, random: seeded(seed) })
    expect(made.values).toHaveLength(size * size * channels)
    expect(darkShare(made)).toBeGreaterThan(0.3 * least)
    expect(darkShare(made)).toBeLessThan(1.7 * most)
    // Two images of grain alone are 0.07 apart.
    expect(Math.min(...images.map((image) => apart(image, made)))).toBeGreaterThan(0.07)
  }
})

test('the same stream gives the same picture, another one another', () => {
  const images = several(8)
  const make = (seed: number) => patchworkSample({ images, symmetry: asItIs, random: seeded(seed) }).values
  expect(make(3)).toEqual(make(3))
  expect(make(3)).not.toEqual(make(4))
})

test.each([1, 2, 3, 5])('%i images of a class are enough to draw', (count) => {
  const made = patchworkSample({ images: several(count), symmetry: asItIs, random: seeded(1) })
  expect(made.values.every((value) => Number.isFinite(value) && value >= -1 && value <= 1)).toBe(true)
})

test('identical images give that image again', () => {
  const flat = { ...spotted(1), values: new Float32Array(32 * 32).fill(0.25) }
  const made = patchworkSample({ images: [flat, flat, flat, flat], symmetry: asItIs, random: seeded(1) })
  expect(Math.max(...made.values.map((value) => Math.abs(value - 0.25)))).toBeLessThan(0.01)
})
