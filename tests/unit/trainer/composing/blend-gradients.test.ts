import { expect, test } from 'vitest'
import { RandomStream } from '../../../../native-worker/random/random-stream.ts'
import { blendGradients } from '../../../../native-worker/trainer/composing/blend-gradients.ts'
import type { Mask, Raster } from '../../../../native-worker/trainer/composing/raster.ts'

const size = 24
const raster = (channels: number, value: (row: number, column: number, channel: number) => number): Raster => ({
  ...{ height: size, width: size, channels },
  values: Float32Array.from({ length: size * size * channels }, (_, index) => {
    const place = Math.floor(index / channels)
    return value(Math.floor(place / size), place % size, index % channels)
  }),
})
const boxMask = (top: number, bottom: number, left: number, right: number): Mask => ({
  ...{ height: size, width: size },
  values: Uint8Array.from({ length: size * size }, (_, place) => {
    const [row, column] = [Math.floor(place / size), place % size]
    return row >= top && row < bottom && column >= left && column < right ? 1 : 0
  }),
})
const random = RandomStream.fromSeed(1, 'test')
const surface = raster(1, (row, column) => 0.2 * Math.sin(row / 3) + 0.1 * Math.cos(column / 2))

test.each([
  ['inside the image', boxMask(6, 16, 5, 19)],
  ['at a border', boxMask(0, 9, 3, 12)],
  ['in a corner', boxMask(14, 24, 15, 24)],
])('a picture blended into itself stays itself, mask %s', (_, mask) => {
  const blended = blendGradients({ background: surface, donor: surface, mask, gain: 1 })
  blended.values.forEach((value, place) => expect(Math.abs(value - (surface.values[place] ?? 0))).toBeLessThan(4e-3))
})

test('a donor of another brightness takes the background’s', () => {
  const bump = (row: number, column: number): number => 0.4 * Math.exp(-((row - 11) ** 2 + (column - 12) ** 2) / 8)
  const donor = raster(1, (row, column) => -0.6 + bump(row, column))
  const background = raster(1, () => 0.3)
  const { values } = blendGradients({ background, donor, mask: boxMask(2, 21, 3, 22), gain: 1 })
  values.forEach((value, place) => {
    const expected = 0.3 + bump(Math.floor(place / size), place % size)
    expect(Math.abs(value - expected)).toBeLessThan(0.02)
  })
})

test('outside the mask every value is the background’s own, in every channel', () => {
  const background = raster(3, () => random.uniform() - 0.5)
  const donor = raster(3, () => random.uniform() - 0.5)
  const mask = boxMask(4, 20, 0, 13)
  const { values } = blendGradients({ background, donor, mask, gain: 1.2 })
  values.forEach((value, index) => {
    if (mask.values[Math.floor(index / 3)] === 0) expect(value).toBe(background.values[index])
    expect(Math.abs(value)).toBeLessThanOrEqual(1)
  })
  expect(values).not.toEqual(background.values)
})

test('a mask over the whole image is blended, too', () => {
  const { values } = blendGradients({ background: surface, donor: surface, mask: boxMask(0, size, 0, size), gain: 1 })
  expect(values.every((value) => Number.isFinite(value))).toBe(true)
})
