import { expect, test } from 'vitest'
import { joinBoxes } from '../../../../native-worker/project/frames/join-boxes.ts'

const square = (x: number, y: number, side = 10) => ({ x, y, width: side, height: side })

test('boxes are joined by what lies between them, not by their centres', () => {
  expect(joinBoxes([square(0, 0), square(18, 0)], { within: 8 })).toEqual([{ x: 0, y: 0, width: 28, height: 10 }])
  expect(joinBoxes([square(0, 0), square(19, 0)], { within: 8 })).toHaveLength(2)
  expect(joinBoxes([square(0, 0), square(18, 19)], { within: 8 })).toHaveLength(2)
  expect(joinBoxes([square(0, 0), square(10, 10)], { within: 0 })).toHaveLength(1)
})

test('a chain is one box, whatever the order', () => {
  const chain = [square(0, 0), square(40, 0), square(20, 0), square(30, 15, 2)]
  for (const boxes of [chain, [...chain].reverse()])
    expect(joinBoxes(boxes, { within: 10 })).toEqual([{ x: 0, y: 0, width: 50, height: 17 }])
})

test('a box that grows reaches what it did not reach before', () => {
  const boxes = [square(30, 30), square(0, 0), { x: 15, y: 0, width: 10, height: 25 }]
  expect(joinBoxes(boxes, { within: 5 })).toEqual([{ x: 0, y: 0, width: 40, height: 40 }])
})
