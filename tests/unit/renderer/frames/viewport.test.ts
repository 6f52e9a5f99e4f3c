import { describe, expect, test } from 'vitest'
import { tileSize } from '../../../../contract/large-frames.ts'
import {
  fitWhole,
  levelFor,
  panBy,
  tilesInView,
  toFrame,
  toScreen,
  zoomBy,
} from '../../../../renderer/features/frames/viewport.ts'

const frame = { width: 20_000, height: 10_000 }
const view = { width: 800, height: 600 }
const levels = [frame, { width: 10_000, height: 5000 }, { width: 5000, height: 2500 }, { width: 2500, height: 1250 }]

test('the whole frame fits, and a place is where it is drawn', () => {
  const whole = fitWhole(frame, view)
  expect(whole.scale).toBe(0.04)
  expect(toScreen(whole, { at: { x: 0, y: 0 }, view })).toEqual({ x: 0, y: 100 })
  const at = { x: 123, y: 456 }
  const back = toScreen(whole, { at: toFrame(whole, { at, view }), view })
  expect(back.x).toBeCloseTo(at.x)
  expect(back.y).toBeCloseTo(at.y)
})

describe('zooming', () => {
  test('keeps what lies under the pointer', () => {
    const whole = fitWhole(frame, view)
    const at = { x: 200, y: 300 }
    const before = toFrame(whole, { at, view })
    const after = toFrame(zoomBy(whole, 8, { at, frame, view }), { at, view })
    expect(after.x).toBeCloseTo(before.x)
    expect(after.y).toBeCloseTo(before.y)
  })

  test('ends at single pixels and at half the whole frame', () => {
    const whole = fitWhole(frame, view)
    const at = { x: 400, y: 300 }
    expect(zoomBy(whole, 1e9, { at, frame, view }).scale).toBe(16)
    expect(zoomBy(whole, 1e-9, { at, frame, view }).scale).toBe(whole.scale / 2)
  })
})

test('panning leaves some of the frame in view', () => {
  const whole = fitWhole(frame, view)
  expect(panBy(whole, { x: -1e6, y: 1e6 }, { frame }).centre).toEqual({ x: 0, y: frame.height })
})

describe('tiles', () => {
  test('come from the level with just enough pixels', () => {
    const at = (scale: number) => levelFor({ centre: { x: 0, y: 0 }, scale }, { levels, density: 1 })
    expect([4, 1, 0.6, 0.5, 0.3, 0.25, 0.01].map(at)).toEqual([0, 0, 0, 1, 1, 2, 3])
    expect(levelFor({ centre: { x: 0, y: 0 }, scale: 0.5 }, { levels, density: 2 })).toBe(0)
  })

  test('are those in view, each once, the middle first', () => {
    const viewport = { centre: { x: 5000, y: 5000 }, scale: 1 }
    const tiles = tilesInView(viewport, { level: 0, levels, view })
    expect(tiles).toHaveLength(6)
    expect(new Set(tiles.map(({ column }) => column))).toEqual(
      new Set([8, 9, 10].filter((column) => column * tileSize < 5400 && (column + 1) * tileSize > 4600)),
    )
    expect(tiles[0]?.part.x).toBeLessThanOrEqual(5000)
  })

  test('cover the frame to its last pixel, and nothing beyond it', () => {
    const whole = fitWhole(frame, view)
    for (const level of [0, 1, 2, 3]) {
      const tiles = tilesInView(whole, { level, levels, view })
      expect(tiles.reduce((sum, { part }) => sum + part.width * part.height, 0)).toBeCloseTo(
        frame.width * frame.height,
        0,
      )
    }
  })
})
