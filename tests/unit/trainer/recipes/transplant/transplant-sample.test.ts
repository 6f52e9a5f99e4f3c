import { expect, test } from 'vitest'
import { RandomStream } from '../../../../../native-worker/random/random-stream.ts'
import { robustDeviation } from '../../../../../native-worker/trainer/composing/deviations.ts'
import { coveredPixels, type Mask, type Raster } from '../../../../../native-worker/trainer/composing/raster.ts'
import { prepareDonor, type Donor } from '../../../../../native-worker/trainer/recipes/transplant/donor.ts'
import { moveDefect } from '../../../../../native-worker/trainer/recipes/transplant/move-defect.ts'
import { transplantSample } from '../../../../../native-worker/trainer/recipes/transplant/transplant-sample.ts'

const size = 64
const seeded = (seed: number): RandomStream => RandomStream.fromSeed(seed, 'test')

/** A grey, grainy surface, and on it a dark spot of that radius where asked for. */
function surface(
  seed: number,
  {
    level = 0,
    spot = null,
    channels = 1,
  }: { level?: number; spot?: [number, number, number] | null; channels?: number } = {},
): Raster {
  const random = seeded(seed)
  const values = new Float32Array(size * size * channels)
  for (let index = 0; index < values.length; index++) {
    const place = Math.floor(index / channels)
    const [row, column] = [Math.floor(place / size), place % size]
    const inSpot = spot !== null && Math.hypot(row - spot[1], column - spot[0]) < spot[2]
    values[index] = level + 0.05 * random.normal() - (inSpot ? 0.6 : 0)
  }
  return { height: size, width: size, channels, values }
}

const box = (left: number, top: number, right: number, bottom: number): Mask => ({
  ...{ height: size, width: size },
  values: Uint8Array.from({ length: size * size }, (_, place) => {
    const [row, column] = [Math.floor(place / size), place % size]
    return row >= top && row < bottom && column >= left && column < right ? 1 : 0
  }),
})

function donor(seed: number, channels = 1): Donor {
  const prepared = prepareDonor(surface(seed, { spot: [30, 28, 5], channels }), box(23, 21, 38, 36))
  if (prepared === null) throw new Error('no donor')
  return prepared
}

const free = { across: true, down: true }

test.each([1, 3])('outside the mask the background is untouched, inside the defect shows, %i channels', (channels) => {
  for (let seed = 0; seed < 12; seed++) {
    const background = surface(100, { level: 0.25, channels })
    const { image, mask, visibility } = transplantSample({
      donors: [donor(1, channels), donor(2, channels)],
      backgrounds: [background],
      symmetry: { across: false, down: false },
      random: seeded(seed),
    })
    expect(coveredPixels(mask)).toBeGreaterThan(80)
    image.values.forEach((value, index) => {
      if (mask.values[Math.floor(index / channels)] === 0) expect(value).toBe(background.values[index])
    })
    expect(visibility).toBeGreaterThan(0.6)
  }
})

test('the same stream gives the same sample, another one another', () => {
  const make = (seed: number) =>
    transplantSample({ donors: [donor(1)], backgrounds: [surface(5)], symmetry: free, random: seeded(seed) }).image
      .values
  expect(make(3)).toEqual(make(3))
  expect(make(3)).not.toEqual(make(4))
})

test('the grain inside the mask is that of the background', () => {
  const background = surface(100, { level: 0.2 })
  const { image, mask } = transplantSample({
    donors: [donor(1)],
    backgrounds: [background],
    symmetry: free,
    random: seeded(8),
  })
  const differences = (raster: Raster): number[] =>
    [...raster.values.keys()]
      .filter((place) => mask.values[place] === 1 && mask.values[place + 1] === 1)
      .map((place) => (raster.values[place + 1] ?? 0) - (raster.values[place] ?? 0))
  const ratio = robustDeviation(differences(image)) / robustDeviation(differences(background))
  expect(ratio).toBeGreaterThan(0.7)
  expect(ratio).toBeLessThan(1.4)
})

test('a defect at the border stays at a border', () => {
  const prepared = prepareDonor(surface(1, { spot: [2, 30, 6] }), box(0, 22, 10, 38))
  if (prepared === null) throw new Error('no donor')
  for (let seed = 0; seed < 20; seed++) {
    const { mask } = moveDefect(prepared, { symmetry: { across: false, down: true }, random: seeded(seed) })
    const atBorder = Array.from({ length: size }, (_, row) => mask.values[row * size] ?? 0)
    expect(atBorder.some((value) => value === 1)).toBe(true)
  }
})

test.each([
  ['a few pixels', box(3, 3, 5, 5)],
  ['most of the image', box(0, 0, 64, 40)],
  ['nothing', box(0, 0, 0, 0)],
])('a mark of %s is no donor', (_, mark) => {
  expect(prepareDonor(surface(1), mark)).toBeNull()
})
