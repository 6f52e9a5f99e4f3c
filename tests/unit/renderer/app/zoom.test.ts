import { expect, test } from 'vitest'
import { zoomAfter } from '../../../../renderer/features/app/zoom.ts'

test.each([
  ['+', 1, 1.1],
  ['=', 1.5, 1.75],
  ['+', 1.75, 1.75],
  ['-', 1, 0.9],
  ['-', 0.9, 0.9],
  ['0', 1.5, 1],
  ['a', 1.5, undefined],
  ['9', 1, undefined],
])('%s at %d → %s', (key, factor, expected) => {
  expect(zoomAfter(key, factor)).toBe(expected)
})
