import { expect, test } from 'vitest'
import { boxBetween, cellsIn } from '../../../../renderer/ui/lasso.ts'

const grid = { columns: 3, cellSize: 10, gap: 2, count: 8 }

test('a box is the same in whichever direction it was drawn', () => {
  expect(boxBetween({ x: 9, y: 1 }, { x: 2, y: 7 })).toEqual({ left: 2, top: 1, right: 9, bottom: 7 })
})

test.each([
  ['inside one cell', { left: 4, top: 4, right: 6, bottom: 6 }, [0]],
  ['over two columns and two rows', { left: 4, top: 4, right: 15, bottom: 15 }, [0, 1, 3, 4]],
  ['between two cells', { left: 12.5, top: 4, right: 13.5, bottom: 6 }, []],
  ['past the last image', { left: 0, top: 26, right: 100, bottom: 100 }, [6, 7]],
  ['from outside', { left: -20, top: -20, right: 3, bottom: 3 }, [0]],
])('%s', (_, box, indices) => {
  expect(cellsIn(box, grid)).toEqual(indices)
})
