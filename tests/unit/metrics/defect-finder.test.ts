import { expect, test } from 'vitest'
import { findDefects, finderEdge } from '../../../native-worker/metrics/defect-finder/find-defects.ts'
import { makePatchBank } from '../../../native-worker/metrics/defect-finder/patch-bank.ts'
import { patchFeatures } from '../../../native-worker/metrics/defect-finder/patch-features.ts'
import { principalAxes } from '../../../native-worker/metrics/defect-finder/principal-axes.ts'
import { RandomStream } from '../../../native-worker/random/random-stream.ts'

/** Brushed metal: stripes along the rows, and noise. */
function surface(seed: number): Uint8Array {
  const random = RandomStream.fromSeed(seed, 'surface')
  const pixels = new Uint8Array(finderEdge * finderEdge)
  for (let y = 0; y < finderEdge; y++) {
    const stripe = 12 * random.normal()
    for (let x = 0; x < finderEdge; x++)
      pixels[y * finderEdge + x] = Math.min(255, Math.max(0, Math.round(128 + stripe + 5 * random.normal())))
  }
  return pixels
}

function withPit(
  pixels: Uint8Array,
  { x, y, depth }: { readonly x: number; readonly y: number; readonly depth: number },
): Uint8Array {
  const marked = pixels.slice()
  for (let dy = -3; dy <= 3; dy++)
    for (let dx = -3; dx <= 3; dx++)
      if (dx * dx + dy * dy <= 10) {
        const at = (y + dy) * finderEdge + x + dx
        marked[at] = Math.max(0, (marked[at] as number) - depth)
      }
  return marked
}

const bank = makePatchBank([1, 2, 3, 4, 5].map(surface), { edge: finderEdge, seed: 1 })

test.each([
  ['compared with surfaces without defects', bank, 400],
  // Stripes of the surface are as unlike their surroundings as a defect is.
  ['without any to compare with', null, 1300],
])('the first box holds the pit and is not everything, %s', (_, compared, mostPixels) => {
  for (const [index, [x, y]] of (
    [
      [20, 30],
      [45, 12],
      [33, 50],
    ] as const
  ).entries()) {
    const [box] = findDefects(withPit(surface(100 + index), { x, y, depth: 70 }), compared)
    expect(box).toBeDefined()
    if (box === undefined) return
    expect(box.x).toBeLessThanOrEqual(x)
    expect(box.y).toBeLessThanOrEqual(y)
    expect(box.x + box.width).toBeGreaterThan(x)
    expect(box.y + box.height).toBeGreaterThan(y)
    expect(box.width * box.height).toBeLessThan(mostPixels)
  }
})

test('a picture of one tone shows nothing', () => {
  expect(findDefects(new Uint8Array(finderEdge * finderEdge).fill(77), null)).toEqual([])
  expect(
    findDefects(
      new Uint8Array(finderEdge * finderEdge).fill(77),
      makePatchBank([new Uint8Array(4096).fill(77)], { edge: 64, seed: 1 }),
    ),
  ).toEqual([])
})

test('the same picture gives the same boxes', () => {
  const picture = withPit(surface(7), { x: 30, y: 30, depth: 60 })
  expect(findDefects(picture, bank)).toEqual(findDefects(picture, bank))
})

test('patches do not know the exposure: twice the light and contrast are the same patches', () => {
  const dark = surface(9).map((value) => value >> 1)
  const bright = dark.map((value) => value * 2)
  const [a, b] = [patchFeatures(dark, finderEdge), patchFeatures(bright, finderEdge)]
  const differences = a.map((value, at) => Math.abs(value - (b[at] ?? 0)))
  // The least contrast that is assumed keeps them from being quite the same.
  expect(
    differences.reduce((sum, value) => sum + value, 0) / a.reduce((sum, value) => sum + Math.abs(value), 0),
  ).toBeLessThan(0.25)
})

test('principal axes keep distances and gather the widest first', () => {
  const random = RandomStream.fromSeed(3, 'rows')
  const columns = 5
  const rows = Float32Array.from({ length: 200 * columns }, (_, at) => random.normal() * (1 + 3 * (at % columns)))
  const axes = principalAxes(rows, columns)
  const spreads = Array.from({ length: columns }, (_, axis) => {
    let squares = 0
    for (let row = 0; row < 200; row++) {
      let value = 0
      for (let column = 0; column < columns; column++)
        value += (axes[axis * columns + column] ?? 0) * (rows[row * columns + column] ?? 0)
      squares += value * value
    }
    return squares
  })
  expect(spreads).toEqual(spreads.toSorted((a, b) => b - a))
  const total = rows.reduce((sum, value) => sum + value * value, 0)
  expect(spreads.reduce((sum, value) => sum + value, 0) / total).toBeCloseTo(1, 5)
})
