import { describe, expect, test } from 'vitest'
import { layOutGrid, moveInGrid } from '../../../../renderer/ui/grid-layout.ts'

describe('layOutGrid', () => {
  test.each([
    [{ width: 1000, count: 50_000, minCellSize: 96, gap: 6 }],
    [{ width: 96, count: 3, minCellSize: 96, gap: 6 }],
    [{ width: 3840, count: 7, minCellSize: 104, gap: 6 }],
  ])('fills %o without overflow', (options) => {
    const { columns, cellSize, rows } = layOutGrid(options)
    expect(columns * cellSize + (columns - 1) * options.gap).toBeLessThanOrEqual(options.width)
    expect(cellSize).toBeGreaterThanOrEqual(options.minCellSize)
    expect(rows * columns).toBeGreaterThanOrEqual(options.count)
  })
  test('survives a grid that has no width yet', () => {
    expect(layOutGrid({ width: 0, count: 10, minCellSize: 96, gap: 6 })).toEqual({ columns: 1, cellSize: 1, rows: 10 })
  })
})

describe('moveInGrid', () => {
  // 0 1 2 3
  // 4 5 6 7
  // 8 9
  const grid = { count: 10, columns: 4, pageRows: 2 }
  test.each([
    ['ArrowRight', 3, 4],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 1, 5],
    ['ArrowDown', 6, 9],
    ['ArrowDown', 9, 9],
    ['ArrowUp', 2, 2],
    ['ArrowUp', 8, 4],
    ['Home', 7, 0],
    ['End', 0, 9],
    ['PageDown', 1, 9],
    ['PageUp', 9, 1],
  ])('%s from %i leads to %i', (key, index, expected) => {
    expect(moveInGrid(key, { ...grid, index })).toBe(expected)
  })
  test('other keys and empty grids do not move', () => {
    expect(moveInGrid('a', { ...grid, index: 0 })).toBeNull()
    expect(moveInGrid('ArrowRight', { ...grid, count: 0, index: 0 })).toBeNull()
  })
})
