import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formGroups } from '../../../../../native-worker/project/dataset/groups/form-groups.ts'
import type { GroupableImage } from '../../../../../native-worker/project/dataset/groups/form-groups.ts'

const image = (id: number, known: Partial<GroupableImage> = {}): GroupableImage => ({
  id,
  sourceSha256: `source ${id}`,
  hand: null,
  middle: null,
  part: null,
  ...known,
})

test('what was found, equal sources and equal names make groups, named by their lowest image', () => {
  const groups = formGroups([
    image(1, { middle: 2 }),
    image(2, { middle: 2 }),
    image(3, { sourceSha256: 'same' }),
    image(4, { sourceSha256: 'same', part: 'P7' }),
    image(5, { part: 'P7' }),
    image(6),
  ])
  expect([...groups]).toEqual([
    [1, 1],
    [2, 1],
    [3, 3],
    [4, 3],
    [5, 3],
  ])
})

test('images that people split stay apart, and the others go with one of the sides', () => {
  const groups = formGroups([
    image(1, { middle: 1, hand: 1 }),
    image(2, { middle: 1, hand: 1 }),
    image(3, { middle: 1, hand: 3 }),
    image(4, { middle: 1, hand: 3, part: 'P1' }),
    image(5, { middle: 1, part: 'P1' }),
  ])
  expect([groups.get(1), groups.get(2), groups.get(5)]).toEqual([1, 1, 1])
  expect([groups.get(3), groups.get(4)]).toEqual([3, 3])
})

test('a group whose middle was excluded holds together', () => {
  expect([...formGroups([image(2, { middle: 1 }), image(3, { middle: 1 })])]).toEqual([
    [2, 2],
    [3, 2],
  ])
})

test('whatever is known, hands that differ never share a group, and those that agree always do', () => {
  const number = fc.option(fc.integer({ min: 1, max: 6 }), { nil: null })
  const known = fc.array(
    fc.record({ hand: number, middle: number, part: number, source: fc.integer({ min: 1, max: 30 }) }),
    {
      maxLength: 40,
    },
  )
  fc.assert(
    fc.property(known, (all) => {
      const images = all.map(({ hand, middle, part, source }, index) =>
        image(index + 1, { hand, middle, part: part === null ? null : String(part), sourceSha256: String(source) }),
      )
      const groups = formGroups(images)
      for (const a of images)
        for (const b of images) {
          if (a.id === b.id || a.hand === null || b.hand === null) continue
          const together = groups.has(a.id) && groups.get(a.id) === groups.get(b.id)
          expect(together).toBe(a.hand === b.hand)
        }
    }),
  )
})
