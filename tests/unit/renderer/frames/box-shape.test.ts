import { describe, expect, test } from 'vitest'
import { boxBetween, dragBox, gripAt } from '../../../../renderer/features/frames/box-shape.ts'
import { nudgeBox, readFrameKey } from '../../../../renderer/features/frames/frame-keys.ts'

const frame = { width: 100, height: 80 }
const box = { x: 10, y: 20, width: 30, height: 10 }

test('a box is drawn from any corner, in whole pixels inside the frame', () => {
  expect(boxBetween({ x: 40.2, y: 30 }, { x: 10.9, y: 20.1 }, frame)).toEqual({ x: 10, y: 20, width: 31, height: 10 })
  expect(boxBetween({ x: -20, y: 70 }, { x: 20, y: 200 }, frame)).toEqual({ x: 0, y: 70, width: 20, height: 10 })
  expect(boxBetween({ x: 120, y: 10 }, { x: 140, y: 30 }, frame)).toBeNull()
})

describe('dragging', () => {
  test('moves a box inside the frame', () => {
    expect(dragBox(box, { grip: 'inside', by: { x: -50, y: 4.4 }, frame })).toEqual({ ...box, x: 0, y: 24 })
    expect(dragBox(box, { grip: 'inside', by: { x: 500, y: 500 }, frame })).toEqual({ ...box, x: 70, y: 70 })
  })

  test('moves an edge or a corner, never past the other side', () => {
    expect(dragBox(box, { grip: 'nw', by: { x: 5, y: -5 }, frame })).toEqual({ x: 15, y: 15, width: 25, height: 15 })
    expect(dragBox(box, { grip: 'e', by: { x: -500, y: 9 }, frame })).toEqual({ ...box, width: 1 })
    expect(dragBox(box, { grip: 's', by: { x: 0, y: 500 }, frame })).toEqual({ ...box, height: 60 })
  })
})

test('corners, edges and the inside are taken hold of', () => {
  const at = (x: number, y: number) => gripAt(box, { at: { x, y }, reach: 2 })
  expect([at(10, 20), at(41, 31), at(25, 19), at(39, 25), at(25, 25), at(60, 25)]).toEqual([
    'nw',
    'se',
    'n',
    'e',
    'inside',
    null,
  ])
})

test('keys', () => {
  const press = (key: string, held: Partial<KeyboardEvent> = {}) =>
    readFrameKey({ key, ctrlKey: false, metaKey: false, shiftKey: false, ...held })
  expect(press('3')).toEqual({ kind: 'class', index: 2 })
  expect(press('B')).toEqual({ kind: 'new' })
  expect(press('z', { ctrlKey: true })).toEqual({ kind: 'undo' })
  // The window's own keys: screens and zoom.
  expect(press('1', { ctrlKey: true })).toBeNull()
  expect(press('x')).toBeNull()
  expect(press('ArrowLeft', { shiftKey: true })).toEqual({ kind: 'arrow', by: { x: -1, y: 0 }, resize: true })
})

test('an arrow moves by a pixel of the screen, at least one of the frame', () => {
  const by = { x: 1, y: 0 }
  expect(nudgeBox(box, { by, resize: false, frame, scale: 0.1 })).toEqual({ ...box, x: 20 })
  expect(nudgeBox(box, { by, resize: false, frame, scale: 4 })).toEqual({ ...box, x: 11 })
  expect(nudgeBox(box, { by, resize: true, frame, scale: 1 })).toEqual({ ...box, width: 31 })
})
