import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ClassId, FrameBoxId, Sha256 } from '../../../../contract/ids.ts'
import type { FrameBox, PatchOptions } from '../../../../contract/large-frames.ts'
import type { SourceRectangle } from '../../../../contract/source-rectangle.ts'
import { planPatches } from '../../../../native-worker/project/frames/plan-patches.ts'

const sha256 = 'a'.repeat(64) as Sha256
const options: PatchOptions = { margin: { unit: 'share', value: 0.25 }, copies: 1, side: 64, seed: 1, good: null }
let ids = 0
const boxOf = (x: number, y: number, width: number, height: number, className = 'pit'): FrameBox => ({
  id: ++ids as FrameBoxId,
  classId: className.length as ClassId,
  className,
  box: { x, y, width, height },
  origin: 'drawn',
})
const holds = (outer: SourceRectangle, inner: SourceRectangle): boolean =>
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  outer.x + outer.width >= inner.x + inner.width &&
  outer.y + outer.height >= inner.y + inner.height

describe('a patch around a box', () => {
  test('is a square with the box and its margin in the middle', () => {
    const [patch] = planPatches({ sha256, width: 1000, height: 800 }, { boxes: [boxOf(400, 300, 200, 100)], options })
    expect(patch).toMatchObject({ window: { x: 350, y: 200, width: 300, height: 300 }, fit: 'crop', className: 'pit' })
  })

  test('shows at least so many pixels of the frame', () => {
    const [patch] = planPatches({ sha256, width: 1000, height: 800 }, { boxes: [boxOf(400, 300, 4, 2)], options })
    expect(patch?.window).toEqual({ x: 370, y: 269, width: 64, height: 64 })
  })

  test('is shifted at the border of the frame, not cut off', () => {
    const [patch] = planPatches({ sha256, width: 1000, height: 800 }, { boxes: [boxOf(0, 790, 10, 10)], options })
    expect(patch?.window).toEqual({ x: 0, y: 736, width: 64, height: 64 })
  })

  test('gives up its margin before it leaves the shape of a square', () => {
    const [patch] = planPatches({ sha256, width: 1000, height: 100 }, { boxes: [boxOf(500, 10, 90, 20)], options })
    expect(patch).toMatchObject({ window: { y: 0, width: 100, height: 100 }, fit: 'crop' })
  })

  test('is letterboxed only where the frame cannot hold a square around the box', () => {
    const [patch] = planPatches({ sha256, width: 1000, height: 100 }, { boxes: [boxOf(500, 10, 300, 20)], options })
    expect(patch).toMatchObject({ window: { y: 0, width: 300, height: 100 }, fit: 'letterbox' })
  })

  test('says when it shows a part of a box of another class', () => {
    const boxes = [boxOf(100, 100, 20, 20), boxOf(110, 130, 20, 20, 'scratch'), boxOf(500, 500, 20, 20)]
    expect(planPatches({ sha256, width: 1000, height: 800 }, { boxes, options }).map(({ isMixed }) => isMixed)).toEqual(
      [true, true, false],
    )
  })
})

test('whatever the boxes: windows lie in the frame, hold their box, and are the same the next time', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 20, max: 600 }),
      fc.integer({ min: 20, max: 600 }),
      fc.array(
        fc.tuple(fc.nat(1000), fc.nat(1000), fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 })),
        {
          maxLength: 5,
        },
      ),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 8, max: 200 }),
      (width, height, rectangles, copies, side) => {
        const boxes = rectangles.map(([x, y, w, h]) => {
          const left = x % width
          const top = y % height
          return boxOf(left, top, Math.min(w, width - left), Math.min(h, height - top))
        })
        const asked = { ...options, copies, side, good: { perFrame: 3, className: 'good' } }
        const planned = planPatches({ sha256, width, height }, { boxes, options: asked })
        for (const { window, box, fit } of planned) {
          expect(holds({ x: 0, y: 0, width, height }, window)).toBe(true)
          if (box !== null) expect(holds(window, box.place)).toBe(true)
          else expect(boxes.some((each) => overlap(each.box, window))).toBe(false)
          expect(fit === 'crop').toBe(window.width === window.height)
        }
        const keys = planned.map(({ window, className }) => `${className} ${JSON.stringify(window)}`)
        expect(new Set(keys).size).toBe(keys.length)
        expect(planPatches({ sha256, width, height }, { boxes, options: asked })).toEqual(planned)
      },
    ),
    { numRuns: 200 },
  )
})

const overlap = (a: SourceRectangle, b: SourceRectangle): boolean =>
  Math.max(a.x, b.x) < Math.min(a.x + a.width, b.x + b.width) &&
  Math.max(a.y, b.y) < Math.min(a.y + a.height, b.y + b.height)

describe('shifted copies', () => {
  const frame = { sha256, width: 1000, height: 800 }

  test('differ, hold the box, and do not change when another box is drawn', () => {
    const box = boxOf(400, 300, 20, 20)
    const planned = planPatches(frame, { boxes: [box], options: { ...options, copies: 5 } })
    expect(planned).toHaveLength(5)
    expect(new Set(planned.map(({ window }) => `${window.x},${window.y}`)).size).toBe(5)
    const more = planPatches(frame, { boxes: [boxOf(10, 10, 5, 5), box], options: { ...options, copies: 5 } })
    expect(more.slice(5).map(({ window }) => window)).toEqual(planned.map(({ window }) => window))
  })

  test('another seed shifts otherwise, and leaves the centred one', () => {
    const boxes = [boxOf(400, 300, 20, 20)]
    const one = planPatches(frame, { boxes, options: { ...options, copies: 3 } })
    const two = planPatches(frame, { boxes, options: { ...options, copies: 3, seed: 2 } })
    expect(two[0]?.window).toEqual(one[0]?.window)
    expect(two.slice(1).map(({ window }) => window)).not.toEqual(one.slice(1).map(({ window }) => window))
  })
})

describe('patches without a box', () => {
  const good = { perFrame: 4, className: 'good' }

  test('do not share pixels while there is room', () => {
    const planned = planPatches({ sha256, width: 400, height: 400 }, { boxes: [], options: { ...options, good } })
    expect(planned).toHaveLength(4)
    planned.forEach((a, index) =>
      planned.slice(index + 1).forEach((b) => {
        expect(overlap(a.window, b.window)).toBe(false)
      }),
    )
  })

  test('are fewer where boxes leave no room', () => {
    const boxes = [boxOf(10, 0, 390, 400)]
    const planned = planPatches({ sha256, width: 400, height: 400 }, { boxes, options: { ...options, good } })
    expect(planned.filter(({ box }) => box === null)).toEqual([])
  })
})
