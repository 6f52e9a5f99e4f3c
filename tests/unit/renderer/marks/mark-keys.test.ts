import { expect, test } from 'vitest'
import type { PressedKey } from '../../../../renderer/features/marks/mark-keys.ts'
import { commandOf } from '../../../../renderer/features/marks/mark-keys.ts'
import {
  brushStretches,
  movedInside,
  rectangleBetween,
  resizedInside,
} from '../../../../renderer/features/marks/shape-edits.ts'

const press = (key: string, more: Partial<PressedKey> = {}): PressedKey => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  ...more,
})

test.each<[PressedKey, ReturnType<typeof commandOf>]>([
  [press('Enter'), { kind: 'accept' }],
  [press('A', { shiftKey: true }), { kind: 'accept' }],
  [press('a', { repeat: true }), null],
  [press('s'), { kind: 'skip' }],
  [press('d'), { kind: 'draw' }],
  [press('ArrowLeft'), { kind: 'move', x: -1, y: 0 }],
  [press('ArrowDown', { shiftKey: true, repeat: true }), { kind: 'move', x: 0, y: 10 }],
  [press('ArrowRight', { ctrlKey: true }), { kind: 'resize', x: 1, y: 0 }],
  [press('z', { ctrlKey: true }), { kind: 'undo' }],
  [press('a', { ctrlKey: true }), null],
  [press('n', { altKey: true }), null],
  [press('+'), { kind: 'zoom-in' }],
  [press('Delete'), { kind: 'remove' }],
])('a key means one thing or nothing: %j', (pressed, command) => {
  expect(commandOf(pressed)).toEqual(command)
})

const bounds = { x: 10, y: 0, width: 20, height: 12 }

test('a rectangle holds the whole pixels between its corners and stays in what is shown', () => {
  expect(rectangleBetween({ x: 14.2, y: 3.9 }, { x: 12.1, y: 1.5 }, bounds)).toEqual({
    kind: 'rectangle',
    ...{ x: 12, y: 1, width: 3, height: 3 },
  })
  expect(rectangleBetween({ x: -50, y: -50 }, { x: 500, y: 5 }, bounds)).toEqual({
    kind: 'rectangle',
    ...{ x: 10, y: 0, width: 20, height: 5 },
  })
  expect(rectangleBetween({ x: 100, y: 100 }, { x: 100, y: 100 }, bounds)).toEqual({
    kind: 'rectangle',
    ...{ x: 29, y: 11, width: 1, height: 1 },
  })
})

test('a mark is moved and resized as far as it goes', () => {
  const shape = { kind: 'rectangle', ...{ x: 12, y: 2, width: 4, height: 3 } } as const
  expect(movedInside(shape, { x: -10, y: 10 }, bounds)).toMatchObject({ x: 10, y: 9 })
  expect(resizedInside(shape, { x: 100, y: -10 }, bounds)).toMatchObject({ width: 18, height: 1 })
})

test('a brush paints the pixel under it at least, and nothing outside', () => {
  expect(brushStretches({ x: 12.5, y: 3.5 }, { x: 12.5, y: 3.5 }, { radius: 0.1, bounds })).toContainEqual({
    y: 3,
    x: 12,
    end: 13,
  })
  const wide = brushStretches({ x: 5, y: -2 }, { x: 40, y: 20 }, { radius: 4, bounds })
  expect(wide.length).toBeGreaterThan(10)
  for (const { y, x, end } of wide) {
    expect(y).toBeGreaterThanOrEqual(0)
    expect(y).toBeLessThan(12)
    expect(x).toBeGreaterThanOrEqual(10)
    expect(end).toBeLessThanOrEqual(30)
  }
})
