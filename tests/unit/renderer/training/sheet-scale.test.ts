import { describe, expect, test } from 'vitest'
import { layOutSheet, sheetScale, sheetWidth } from '../../../../renderer/features/training/sheet-scale.ts'

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

describe('samples with real images', () => {
  const fits = (room: { width: number; height: number }, rows = 4): void => {
    const { beside, realColumns, scale } = layOutSheet({ ...sheet, rows }, { room, gap: 26, realPerClass: 8 })
    const edge = 64 * scale
    expect((8 + (beside ? realColumns : 0)) * edge + (beside ? 26 : 0)).toBeLessThanOrEqual(room.width + 1)
    expect((beside ? rows : 2 * rows) * edge + (beside ? 0 : 26)).toBeLessThanOrEqual(room.height + 1)
  }

  test('never exceed their room, at the width of a small window and of a large one', () => {
    for (const rows of [1, 4, 12])
      for (const room of [
        { width: 560, height: 330 },
        { width: 1100, height: 700 },
        { width: 300, height: 900 },
      ])
        fits(room, rows)
  })

  test('lie where they are larger, and are of the same scale', () => {
    const at = (room: { width: number; height: number }, rows: number) =>
      layOutSheet({ ...sheet, rows }, { room, gap: 26, realPerClass: 8 })
    expect(at({ width: 560, height: 600 }, 1)).toMatchObject({ beside: false, realColumns: 8, scale: 1 })
    expect(at({ width: 900, height: 300 }, 4)).toMatchObject({ beside: true, realColumns: 4, scale: 1 })
    expect(layOutSheet(sheet, { room: { width: 600, height: 300 }, gap: 26, realPerClass: 0 })).toMatchObject({
      realColumns: 0,
      scale: 1,
    })
  })
})
