import { expect, test } from 'vitest'
import { drawMap } from '../../../../native-worker/metrics/map/draw-map.ts'
import { RandomStream } from '../../../../native-worker/random/random-stream.ts'

const columns = 12
const rows = 120

/** Three heaps far from each other, in turn. */
function heaps() {
  const random = RandomStream.fromSeed(5, 'heaps')
  const values = new Float32Array(rows * columns)
  for (let row = 0; row < rows; row++)
    values.set(
      random.normals(columns).map((value, column) => value * 0.1 + (column % 3 === row % 3 ? 3 : 0)),
      row * columns,
    )
  return { rows, columns, values }
}

/** Share of points whose nearest other point is of their heap. */
function shareAmongTheirs(places: Float32Array): number {
  const nearestOf = (row: number): number => {
    let [found, least] = [-1, Infinity]
    for (let other = 0; other < rows; other++) {
      const distance = Math.hypot(
        (places[2 * row] ?? 0) - (places[2 * other] ?? 0),
        (places[2 * row + 1] ?? 0) - (places[2 * other + 1] ?? 0),
      )
      if (other !== row && distance < least) [found, least] = [other, distance]
    }
    return found
  }
  return Array.from({ length: rows }, (_, row) => nearestOf(row) % 3 === row % 3).filter(Boolean).length / rows
}

test('what is alike lies together, within the square, the same every time', () => {
  const steps: number[] = []
  const places = drawMap(heaps(), { onProgress: ({ done }) => steps.push(done) })
  expect(shareAmongTheirs(places)).toBe(1)
  expect(Math.max(...places)).toBeCloseTo(1, 5)
  expect(Math.min(...places)).toBeGreaterThanOrEqual(-1.00001)
  expect(steps.at(-1)).toBe(rows)
  expect(drawMap(heaps())).toEqual(places)
})

test('of many rows some are laid out, and the others are put between those they are like', () => {
  const places = drawMap(heaps(), { firm: 10, landmarks: 60 })
  expect(shareAmongTheirs(places)).toBe(1)
})

test('one picture or two have a place as well', () => {
  const alone = drawMap({ rows: 1, columns, values: new Float32Array(columns) })
  expect([...alone]).toEqual([0, 0])
  expect(drawMap({ rows: 2, columns, values: new Float32Array(2 * columns) })).toHaveLength(4)
  expect(drawMap({ rows: 0, columns, values: new Float32Array(0) })).toHaveLength(0)
})
