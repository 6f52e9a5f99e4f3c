import { expect, test } from 'vitest'
import { sheetScale, sheetWidth } from '../../../../renderer/features/training/sheet-scale.ts'

const sheet = { columns: 8, rows: 4, sampleSize: 64 }
const around = { width: 120, height: 150 }

test('a sheet is enlarged by whole factors and shrunk freely, and always fits', () => {
  expect(sheetScale(sheet, { width: 1100, height: 900 })).toBe(2)
  expect(sheetScale(sheet, { width: 1023, height: 900 })).toBe(1)
  expect(sheetScale(sheet, { width: 1100, height: 511 })).toBe(1)
  expect(sheetScale(sheet, { width: 400, height: 900 })).toBeCloseTo(400 / 512)
  // Before the room is known.
  expect(sheetScale(sheet, { width: -90, height: 0 })).toBeGreaterThan(0)
})

test('where the next whole factor is within reach, the sheet gets its width from the charts', () => {
  const widthIn = (width: number, height: number) =>
    sheetWidth(sheet, { room: { width, height }, around, usual: 0.6 * width, most: width - 272 })
  expect(widthIn(1460, 800)).toBe(2 * 512 + 120)
  // Not where the height would not do.
  expect(widthIn(1460, 600)).toBe(0.6 * 1460)
  // Not where the charts would vanish.
  expect(widthIn(700, 800)).toBe(0.6 * 700)
})
