import { expect, test } from 'vitest'
import { measureDetail } from '../../../native-worker/metrics/image-detail.ts'

const size = 8
const draw = (value: (x: number, y: number) => number): number[] =>
  Array.from({ length: size * size }, (_, index) => value(index % size, Math.floor(index / size)))
const detailOf = (...images: readonly (readonly number[])[]) =>
  measureDetail({ pixels: Uint8Array.from(images.flat()), count: images.length, size, channels: 1 })

test('a plain tone has no detail, however different the tones of the images are', () => {
  expect(
    detailOf(
      draw(() => 10),
      draw(() => 200),
    ),
  ).toEqual({ contrast: 0, sharpness: 0 })
})

test('a checkerboard is as contrasty as two halves, and far sharper', () => {
  const checkers = detailOf(draw((x, y) => 100 * ((x + y) % 2)))
  const halves = detailOf(draw((x) => (x < size / 2 ? 0 : 100)))
  expect(checkers).toEqual({ contrast: 50, sharpness: 100 })
  expect(halves.contrast).toBe(50)
  // One step of 100 in each of 8 rows, of 112 pairs of neighbours.
  expect(halves.sharpness).toBeCloseTo(Math.sqrt((8 * 100 ** 2) / 112))
})

test('values are means over the images', () => {
  const checkers = draw((x, y) => 100 * ((x + y) % 2))
  expect(
    detailOf(
      checkers,
      draw(() => 7),
    ),
  ).toEqual({ contrast: 25, sharpness: 50 })
})

test('a colour is no contrast: channels are looked at one by one', () => {
  const brown = Array.from({ length: size * size }, () => [120, 80, 40]).flat()
  expect(measureDetail({ pixels: Uint8Array.from(brown), count: 1, size, channels: 3 })).toEqual({
    contrast: 0,
    sharpness: 0,
  })
})
