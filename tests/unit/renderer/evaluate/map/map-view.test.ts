import { expect, test } from 'vitest'
import {
  isWithin,
  moved,
  toMap,
  toPixel,
  wholeMap,
  zoomed,
} from '../../../../../renderer/features/evaluate/map/map-view.ts'
import {
  colourWord,
  paintOrder,
  paintPoints,
  stampPath,
} from '../../../../../renderer/features/evaluate/map/paint-points.ts'

const extent = { width: 400, height: 200 }

test('the whole map fits, and what lies under the pointer stays there while it zooms', () => {
  const view = wholeMap(extent)
  expect(toPixel({ x: 0, y: -1 }, view, extent).y).toBeGreaterThanOrEqual(0)
  expect(toPixel({ x: 0, y: 1 }, view, extent).y).toBeLessThanOrEqual(200)
  const at = { x: 330, y: 40 }
  const near = zoomed(view, { factor: 3, at, extent })
  expect(near.scale).toBeCloseTo(3 * view.scale)
  const fixed = toMap(at, view, extent)
  expect(toPixel(fixed, near, extent).x).toBeCloseTo(at.x)
  expect(toPixel(fixed, near, extent).y).toBeCloseTo(at.y)
  expect(toPixel(fixed, moved(near, { x: 10, y: -5 }), extent).x).toBeCloseTo(340)
  expect(zoomed(view, { factor: 1e9, at, extent }).scale).toBeLessThan(1e6)
})

test('a lasso holds what lies within it, also where it turns inward', () => {
  const horseshoe = [
    [0, 0],
    [10, 0],
    [10, 10],
    [7, 10],
    [7, 3],
    [3, 3],
    [3, 10],
    [0, 10],
  ].map(([x = 0, y = 0]) => ({ x, y }))
  expect(isWithin({ x: 1, y: 9 }, horseshoe)).toBe(true)
  expect(isWithin({ x: 5, y: 9 }, horseshoe)).toBe(false)
  expect(isWithin({ x: 5, y: 1 }, horseshoe)).toBe(true)
  expect(isWithin({ x: 11, y: 1 }, horseshoe)).toBe(false)
})

test('points are stamped where they lie: each kind has a shape of its own, faint ones under full ones', () => {
  const size = { width: 41, height: 41 }
  const colours = { real: 1, pending: 2, quarantined: 3, accepted: 4, rejected: 5 }
  const stamped = (kind: keyof typeof colours, strength: number): Uint32Array => {
    const pixels = new Uint32Array(size.width * size.height)
    paintPoints(
      pixels,
      {
        places: Float32Array.of(0, 0),
        kinds: Uint8Array.of(paintOrder.indexOf(kind)),
        strengths: Uint8Array.of(strength),
      },
      { view: { centre: { x: 0, y: 0 }, scale: 10 }, extent: size, radius: 5, colours, faint: 9 },
    )
    return pixels
  }
  const middle = 20 * 41 + 20
  expect(stamped('real', 2)[middle]).toBe(1)
  expect(stamped('pending', 2)[middle]).toBe(0)
  expect(stamped('rejected', 1)[middle]).toBe(9)
  expect(stamped('accepted', 0).every((word) => word === 0)).toBe(true)
  const shapes = new Set(
    paintOrder.map((kind) =>
      stamped(kind, 2)
        .map((word) => (word === 0 ? 0 : 1))
        .join(''),
    ),
  )
  expect(shapes.size).toBe(paintOrder.length)
  expect(new Set(paintOrder.map((kind) => stampPath(kind, 5))).size).toBe(paintOrder.length)
})

test('a point over an edge does not appear on the other side', () => {
  const pixels = new Uint32Array(20 * 20)
  paintPoints(
    pixels,
    { places: Float32Array.of(1, 0), kinds: Uint8Array.of(4), strengths: Uint8Array.of(2) },
    {
      view: { centre: { x: 0, y: 0 }, scale: 9 },
      ...{ extent: { width: 20, height: 20 }, radius: 4, faint: 9 },
      colours: { real: 1, pending: 2, quarantined: 3, accepted: 4, rejected: 5 },
    },
  )
  expect(pixels.every((word) => word === 0)).toBe(true)
  expect(colourWord('#102030')).toBe(0xff302010)
})
