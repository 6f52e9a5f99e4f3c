import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Fitted } from '../../../contract/fitted-picture.ts'
import { toPicture, toSource } from '../../../contract/fitted-picture.ts'
import { maskOf, problemOf, stretchesOf } from '../../../contract/mark-shapes.ts'
import {
  connectedStretches,
  joinStretches,
  runsOfPixels,
  stretchesOfRuns,
  withoutStretches,
} from '../../../contract/mask-runs.ts'
import type { MarkShape } from '../../../contract/marks.ts'
import { shownRectangle } from '../../../contract/source-rectangle.ts'

const width = 9
const pixelsArbitrary = fc.uint8Array({ minLength: 54, maxLength: 54, max: 1 })
const paint = (stretches: ReturnType<typeof stretchesOfRuns>): Uint8Array => {
  const pixels = new Uint8Array(54)
  for (const { y, x, end } of stretches) pixels.fill(1, y * width + x, y * width + end)
  return pixels
}

test('runs, stretches and masks hold the same pixels', () => {
  fc.assert(
    fc.property(pixelsArbitrary, (pixels) => {
      const stretches = stretchesOfRuns(runsOfPixels(pixels), width)
      expect(paint(stretches)).toEqual(pixels)
      const mask = maskOf(stretches)
      if (mask === null) expect(pixels).toEqual(new Uint8Array(54))
      else {
        expect(paint(stretchesOf(mask))).toEqual(pixels)
        expect(problemOf(mask, { width, height: 6 })).toBe(pixels.every((pixel) => pixel === 1) ? 'covers_image' : null)
      }
    }),
  )
})

test('what is taken away is gone, the rest stays, and parts together are the whole', () => {
  fc.assert(
    fc.property(pixelsArbitrary, pixelsArbitrary, (a, b) => {
      const [left, right] = [a, b].map((pixels) => joinStretches(stretchesOfRuns(runsOfPixels(pixels), width)))
      if (left === undefined || right === undefined) return
      expect(paint(withoutStretches(left, right))).toEqual(a.map((pixel, at) => (b[at] === 1 ? 0 : pixel)))
      expect(paint(joinStretches([...left, ...right]))).toEqual(a.map((pixel, at) => pixel | (b[at] ?? 0)))
      expect(paint(connectedStretches(left).flat())).toEqual(a)
    }),
  )
})

test('parts touch at corners, and parts that do not touch are two', () => {
  const touching = Uint8Array.of(1, 0, 0, 1)
  const apart = Uint8Array.of(1, 0, 1, 0, 0, 0, 1, 0, 1)
  expect(connectedStretches(stretchesOfRuns(runsOfPixels(touching), 2))).toHaveLength(1)
  expect(connectedStretches(stretchesOfRuns(runsOfPixels(apart), 3))).toHaveLength(4)
})

test.each<[string, MarkShape, ReturnType<typeof problemOf>]>([
  ['inside', { kind: 'rectangle', x: 0, y: 0, width: 9, height: 5 }, null],
  ['over the right edge', { kind: 'rectangle', x: 5, y: 0, width: 5, height: 2 }, 'outside'],
  ['over the lower edge', { kind: 'rectangle', x: 0, y: 5, width: 1, height: 2 }, 'outside'],
  ['the whole image', { kind: 'rectangle', x: 0, y: 0, width: 9, height: 6 }, 'covers_image'],
  ['a mask without a pixel', { kind: 'mask', x: 1, y: 1, width: 2, height: 2, runs: [] }, 'empty'],
  ['a mask whose runs are too long', { kind: 'mask', x: 1, y: 1, width: 2, height: 2, runs: [0, 5] }, 'runs'],
  ['a mask whose runs end outside', { kind: 'mask', x: 1, y: 1, width: 2, height: 2, runs: [0, 1, 2] }, 'runs'],
  ['a mask that is the whole image', { kind: 'mask', x: 0, y: 0, width: 9, height: 6, runs: [0, 54] }, 'covers_image'],
])('a mark: %s', (_, shape, problem) => {
  expect(problemOf(shape, { width: 9, height: 6 })).toBe(problem)
})

test('a rectangle of the picture comes back from the source, and lies in what is shown', () => {
  const fits = fc.constantFrom('crop', 'letterbox', 'stretch' as const)
  const edge = fc.integer({ min: 40, max: 3000 })
  const corner = fc.integer({ min: 0, max: 60 })
  fc.assert(
    fc.property(
      edge,
      edge,
      fits,
      corner,
      corner,
      fc.integer({ min: 1, max: 30 }),
      (sourceWidth, height, fit, x, y, side) => {
        const fitted: Fitted = {
          fit: fit as Fitted['fit'],
          shown: shownRectangle({ width: sourceWidth, height, fit: fit as Fitted['fit'] }),
          size: 64,
        }
        const right = Math.min(64, x + side)
        const bottom = Math.min(64, y + side)
        const source = toSource({ left: x, top: y, right, bottom }, fitted)
        if (source === null) return
        const { shown } = fitted
        expect(source.x).toBeGreaterThanOrEqual(shown.x)
        expect(source.x + source.width).toBeLessThanOrEqual(shown.x + shown.width)
        const back = toPicture(source, fitted)
        expect(back).not.toBeNull()
        if (back === null) return
        // Whole pixels on both sides: outwards, by less than one source pixel's worth.
        const across = Math.ceil(64 / Math.min(shown.width, shown.height)) + 1
        expect(Math.abs(back.x - x)).toBeLessThanOrEqual(fit === 'letterbox' ? 64 : across)
        expect(back.x).toBeGreaterThanOrEqual(0)
        expect(back.x + back.width).toBeLessThanOrEqual(64)
      },
    ),
  )
})

test('what was cropped away has no place in the picture', () => {
  const fitted: Fitted = { fit: 'crop', shown: { x: 50, y: 0, width: 100, height: 100 }, size: 50 }
  expect(toPicture({ x: 0, y: 0, width: 50, height: 100 }, fitted)).toBeNull()
  expect(toPicture({ x: 40, y: 10, width: 20, height: 20 }, fitted)).toEqual({ x: 0, y: 5, width: 5, height: 10 })
})
