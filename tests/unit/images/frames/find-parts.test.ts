import { expect, test } from 'vitest'
import { findParts } from '../../../../native-worker/images/frames/find-parts.ts'

const partsOf = (...rows: readonly string[]) =>
  findParts(
    rows.flatMap((row) => [...row].map((letter) => (letter === '#' ? 255 : 0))),
    { width: rows[0]?.length ?? 0, height: rows.length, least: 1 },
  )

test('each connected part has a box of its own', () => {
  expect(partsOf('##....', '##..#.', '....##', '......')).toEqual([
    { x: 0, y: 0, width: 2, height: 2 },
    { x: 4, y: 1, width: 2, height: 2 },
  ])
  expect(partsOf('....', '....')).toEqual([])
  expect(partsOf('####', '####')).toEqual([{ x: 0, y: 0, width: 4, height: 2 }])
})

test('pixels that touch at a corner belong together', () => {
  expect(partsOf('#...', '.#..', '..#.')).toEqual([{ x: 0, y: 0, width: 3, height: 3 }])
  expect(partsOf('..#.', '.#..', '#...')).toEqual([{ x: 0, y: 0, width: 3, height: 3 }])
})

test('parts that meet only further down are one', () => {
  expect(partsOf('#...#.#', '#...#.#', '#####.#', '......#', '#######')).toEqual([
    { x: 0, y: 0, width: 5, height: 3 },
    { x: 0, y: 0, width: 7, height: 5 },
  ])
  expect(partsOf('#.#.#.#', '#.#.###', '#.###..', '###....')).toEqual([{ x: 0, y: 0, width: 7, height: 4 }])
})

test('a value below the least is not marked', () => {
  expect(findParts([3, 200, 4, 0], { width: 2, height: 2, least: 128 })).toEqual([{ x: 1, y: 0, width: 1, height: 1 }])
})
