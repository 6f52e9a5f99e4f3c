import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ClassId, Sha256 } from '../../../../contract/ids.ts'
import { drawSplits, type SplittableImage } from '../../../../native-worker/project/dataset/draw-splits.ts'

const image = (index: number, more: Partial<SplittableImage> = {}): SplittableImage => ({
  classId: 1 as ClassId,
  sha256: index.toString(16).padStart(64, '0') as Sha256,
  groupId: null,
  split: null,
  ...more,
})
const images = (count: number): SplittableImage[] => Array.from({ length: count }, (_, index) => image(index))
const count = (splits: readonly string[], name: string): number => splits.filter((split) => split === name).length
const shares = { val: 0.15, test: 0.15 }

test('shares are kept, and the same pictures are drawn again', () => {
  const splits = drawSplits(images(200), { shares: { val: 0.1, test: 0.15 }, seed: 1 })
  expect([count(splits, 'train'), count(splits, 'val'), count(splits, 'test')]).toEqual([150, 20, 30])
  expect(drawSplits(images(200), { shares: { val: 0.1, test: 0.15 }, seed: 1 })).toEqual(splits)
  expect(drawSplits(images(200), { shares: { val: 0.1, test: 0.15 }, seed: 2 })).not.toEqual(splits)
  expect(drawSplits(images(50), { shares: { val: 0, test: 0 }, seed: 1 })).not.toContain('test')
})

test('classes of few images train first, then can be tested, then chosen by', () => {
  const sides = (images: readonly SplittableImage[]) => {
    const splits = drawSplits(images, { shares, seed: 1 })
    return [count(splits, 'train'), count(splits, 'val'), count(splits, 'test')]
  }
  expect(sides(images(1))).toEqual([1, 0, 0])
  expect(sides(images(2))).toEqual([2, 0, 0])
  expect(sides(images(3))).toEqual([2, 0, 1])
  expect(sides(images(5))).toEqual([3, 1, 1])
  // Forty pictures of two parts are two.
  expect(sides(images(40).map((each, index) => ({ ...each, groupId: index % 2 })))).toEqual([40, 0, 0])
})

test('the draw follows the picture, not its place in the list', () => {
  const forwards = drawSplits(images(60), { shares, seed: 3 })
  const backwards = drawSplits(images(60).reverse(), { shares, seed: 3 })
  expect(backwards.reverse()).toEqual(forwards)
})

test('more images leave nearly all of the others where they were', () => {
  const before = drawSplits(images(100), { shares, seed: 3 })
  const after = drawSplits(images(110), { shares, seed: 3 })
  expect(before.filter((split, index) => split !== after[index]).length).toBeLessThanOrEqual(10)
})

test('groups stay on one side also across classes, what is fixed stays, and something always trains', () => {
  const anyImages = fc.array(
    fc.record({
      classId: fc.constantFrom(1 as ClassId, 2 as ClassId, 3 as ClassId),
      groupId: fc.option(fc.integer({ min: 1, max: 9 })),
    }),
    { minLength: 1, maxLength: 80 },
  )
  const share = fc.double({ min: 0, max: 0.4, noNaN: true })
  const fixedGroup = fc.option(
    fc.record({
      group: fc.integer({ min: 1, max: 9 }),
      split: fc.constantFrom('train' as const, 'val' as const, 'test' as const),
    }),
  )
  fc.assert(
    fc.property(anyImages, fixedGroup, fc.tuple(share, share), (drafts, fixed, [val, testShare]) => {
      const all = drafts.map((draft, index) =>
        image(index, {
          ...draft,
          split: fixed !== null && draft.groupId === fixed.group && index % 2 === 0 ? fixed.split : null,
        }),
      )
      const splits = drawSplits(all, { shares: { val, test: testShare }, seed: 1 })
      const sides = new Map<number, string>()
      all.forEach((each, index) => {
        if (each.split !== null) expect(splits[index]).toBe(each.split)
        if (each.groupId === null) return
        expect(splits[index]).toBe(sides.get(each.groupId) ?? splits[index])
        sides.set(each.groupId, splits[index] ?? '')
      })
      for (const classId of new Set(all.map((each) => each.classId))) {
        const isFree = all.some(
          (each) => each.classId === classId && (each.groupId === null || each.groupId !== fixed?.group),
        )
        if (isFree) expect(splits.filter((_, index) => all[index]?.classId === classId)).toContain('train')
      }
    }),
  )
})
