import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Sha256 } from '../../../../contract/ids.ts'
import { splitImages } from '../../../../native-worker/project/export/split-images.ts'
import type { ExportableImage } from '../../../../native-worker/project/storage/images.ts'

const image = (index: number, more: Partial<ExportableImage> = {}): ExportableImage => ({
  sha256: index.toString(16).padStart(64, '0') as Sha256,
  sizeBytes: 1,
  source: `${index}.png`,
  groupId: null,
  split: null,
  ...more,
})
const images = (count: number): ExportableImage[] => Array.from({ length: count }, (_, index) => image(index))
const count = (splits: readonly string[], name: string): number => splits.filter((split) => split === name).length

test('shares are kept, small classes train, and the same pictures are drawn again', () => {
  const splits = splitImages(images(200), { val: 0.1, test: 0.15 })
  expect([count(splits, 'train'), count(splits, 'val'), count(splits, 'test')]).toEqual([150, 20, 30])
  expect(splitImages(images(200), { val: 0.1, test: 0.15 })).toEqual(splits)
  expect(splitImages(images(6), { val: 0.05, test: 0.05 }).filter((split) => split !== 'train')).toHaveLength(2)
  expect(splitImages(images(1), { val: 0.4, test: 0.4 })).toEqual(['train'])
  expect(splitImages(images(50), { val: 0, test: 0 })).not.toContain('test')
})

test('the draw follows the picture, not its place in the list', () => {
  const forwards = splitImages(images(60), { val: 0.2, test: 0.2 })
  const backwards = splitImages(images(60).reverse(), { val: 0.2, test: 0.2 })
  expect(backwards.reverse()).toEqual(forwards)
})

test('groups stay on one side, locks are kept, something always trains', () => {
  const anyImages = fc.array(
    fc.record({
      groupId: fc.option(fc.integer({ min: 1, max: 6 })),
      split: fc.option(fc.constantFrom('train' as const, 'val' as const, 'test' as const), { freq: 6 }),
    }),
    { minLength: 1, maxLength: 60 },
  )
  const share = fc.double({ min: 0, max: 0.4, noNaN: true })
  fc.assert(
    fc.property(anyImages, share, share, (drafts, val, testShare) => {
      const all = drafts.map((draft, index) => image(index, draft))
      const splits = splitImages(all, { val, test: testShare })
      const sides = new Map<number, string>()
      all.forEach((each, index) => {
        if (each.split !== null) expect(splits[index]).toBe(each.split)
        else if (each.groupId !== null) {
          expect(splits[index]).toBe(sides.get(each.groupId) ?? splits[index])
          sides.set(each.groupId, splits[index] ?? '')
        }
      })
      if (all.some((each) => each.split === null)) expect(splits).toContain('train')
    }),
  )
})
