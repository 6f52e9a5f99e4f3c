import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { drawPicture } from '../../../native-worker/surfaces/draw-picture.ts'
import { drawSurfaces } from '../../../native-worker/surfaces/draw-surfaces.ts'
import { makeFamily } from '../../../native-worker/surfaces/family.ts'

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16)
const draw = (request: { families: number; perFamily: number; size: number; channels: 1 | 3; seed: number }) => [
  ...drawSurfaces(request),
]

test('equal requests give equal bytes, which are these', () => {
  const request = { families: 6, perFamily: 2, size: 64, seed: 4 } as const
  const grey = draw({ ...request, channels: 1 }).map(({ pixels }) => hash(pixels))
  const colour = draw({ ...request, channels: 3 }).map(({ pixels }) => hash(pixels))
  expect(grey).toEqual([
    'e1289c4315a30d24',
    '3d89503ca22df89a',
    '968d7c56b7489551',
    'fa915e83b4126e05',
    '01ea6cce28bb4b82',
    '7d45c8163e01e5bc',
  ])
  expect(colour).toEqual([
    'b75dae3943e13eda',
    '0a5ded68327a715c',
    '24335f0d103fb6b9',
    'e144aa8285292629',
    'd5a2a30b7e778f9c',
    'fec59ec66536e5de',
  ])
})

test('a picture does not depend on how many are drawn, nor on which were drawn before', () => {
  const [, second] = draw({ families: 2, perFamily: 3, size: 32, channels: 1, seed: 9 })
  const alone = drawPicture(makeFamily(9, 1), { index: 2, size: 32, channels: 1 })
  expect(second?.pixels.slice(2 * 32 * 32)).toEqual(alone.pixels)
  expect(second?.masks.slice(2 * 32 * 32)).toEqual(alone.mask)
})

test('other seeds draw other pictures', () => {
  const of = (seed: number): readonly string[] =>
    draw({ families: 8, perFamily: 1, size: 32, channels: 1, seed }).map(({ pixels }) => hash(pixels))
  expect(new Set([...of(1), ...of(2), ...of(3)]).size).toBe(24)
})

test('every size shows the same scene', () => {
  const correlations = Array.from({ length: 36 }, (_, number) => {
    const family = makeFamily(5, number)
    const at = (size: number): Float64Array =>
      averaged(drawPicture(family, { index: 0, size, channels: 1 }).pixels, size)
    const reference = at(64)
    return {
      name: family.name,
      by: [32, 128, ...(number < 6 ? [256] : [])].map((size) => correlation(reference, at(size))),
    }
  })
  for (const { name, by } of correlations)
    for (const value of by) expect(value, `${name} ${by.join(' ')}`).toBeGreaterThan(0.8)
})

test('sizes between the working sizes are drawn too, and others refused', () => {
  const family = makeFamily(5, 0)
  for (const size of [16, 28, 48, 96, 200]) {
    const { pixels, mask } = drawPicture(family, { index: 0, size, channels: 3 })
    expect(pixels.length).toBe(size * size * 3)
    expect(mask.length).toBe(size * size)
  }
  for (const size of [8, 15, 257, 64.5, NaN])
    expect(() => drawPicture(family, { index: 0, size, channels: 1 })).toThrow('16 to 256')
})

test('a picture without its defect is the same surface', () => {
  const family = makeFamily(4, 1)
  const whole = drawPicture(family, { index: 0, size: 64, channels: 1 })
  const flawless = drawPicture(family, { index: 0, size: 64, channels: 1, isFlawless: true })
  expect(flawless.mask.every((value) => value === 0)).toBe(true)
  expect(flawless.pixels).not.toEqual(whole.pixels)
})

test('colour keeps how bright a surface is, and most surfaces have one', () => {
  let coloured = 0
  for (let number = 0; number < 36; number++) {
    const family = makeFamily(5, number)
    const grey = drawPicture(family, { index: 0, size: 32, channels: 1 }).pixels
    const colour = drawPicture(family, { index: 0, size: 32, channels: 3 }).pixels
    const luminance = Float64Array.from(grey, (_, pixel) => {
      const [red = 0, green = 0, blue = 0] = colour.subarray(3 * pixel, 3 * pixel + 3)
      return 0.3 * red + 0.59 * green + 0.11 * blue
    })
    const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0) / values.length
    expect(Math.abs(mean(luminance) - mean(grey)), family.name).toBeLessThan(20)
    const chroma = mean(grey.map((_, pixel) => Math.abs((colour[3 * pixel] ?? 0) - (colour[3 * pixel + 2] ?? 0))))
    if (chroma > 4) coloured++
  }
  expect(coloured).toBeGreaterThan(18)
})

/** To 16 pixels per edge: coarse enough to have no grain of its own. */
function averaged(pixels: Uint8Array, size: number): Float64Array {
  const share = size / 16
  const small = new Float64Array(256)
  pixels.forEach((value, pixel) => {
    const place = Math.floor(Math.floor(pixel / size) / share) * 16 + Math.floor((pixel % size) / share)
    small[place] = (small[place] ?? 0) + value / (share * share)
  })
  return small
}

function correlation(one: Float64Array, other: Float64Array): number {
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const [a, b] = [mean(one), mean(other)]
  const product = (x: Float64Array, y: Float64Array, [mx, my]: readonly [number, number]): number =>
    x.reduce((sum, value, place) => sum + (value - mx) * ((y[place] ?? 0) - my), 0)
  return product(one, other, [a, b]) / Math.sqrt(product(one, one, [a, a]) * product(other, other, [b, b]))
}
