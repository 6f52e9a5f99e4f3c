import { expect, test } from 'vitest'
import { nearestNeighbours } from '../../../../native-worker/metrics/map/nearest-neighbours.ts'
import { principalAxes, projectRows } from '../../../../native-worker/metrics/map/principal-axes.ts'
import { RandomStream } from '../../../../native-worker/random/random-stream.ts'

test('the nearest rows, the nearest first, as sorting all of them finds them', () => {
  const values = RandomStream.fromSeed(1, 'rows').normals(300 * 4)
  const matrix = { rows: 300, columns: 4, values: Float32Array.from(values) }
  const found = nearestNeighbours(matrix, matrix, { count: 6 })
  for (const row of [0, 150, 299]) {
    const distances = Array.from({ length: 300 }, (_, other) =>
      Math.hypot(
        ...[0, 1, 2, 3].map((at) => (matrix.values[4 * row + at] ?? 0) - (matrix.values[4 * other + at] ?? 0)),
      ),
    )
    const sorted = distances.map((_, other) => other).sort((a, b) => (distances[a] ?? 0) - (distances[b] ?? 0))
    expect(found[row]?.indices).toEqual(sorted.slice(0, 6))
    expect(found[row]?.distances[5]).toBeCloseTo(distances[sorted[5] ?? 0] ?? 0, 4)
  }
})

test('the axes are those along which rows vary most, at right angles and of length 1', () => {
  const random = RandomStream.fromSeed(2, 'rows')
  const spreads = [0.1, 5, 0.2, 2]
  const values = Float32Array.from(random.normals(500 * 4), (value, at) => value * (spreads[at % 4] ?? 0))
  const axes = principalAxes({ rows: 500, columns: 4, values }, { axes: 2, random })
  expect(Math.abs(axes.values[1] ?? 0)).toBeCloseTo(1, 2)
  expect(Math.abs(axes.values[4 + 3] ?? 0)).toBeCloseTo(1, 2)
  const [first, second] = [axes.values.slice(0, 4), axes.values.slice(4)]
  expect(first.reduce((sum, value, at) => sum + value * (second[at] ?? 0), 0)).toBeCloseTo(0, 5)
  expect(projectRows({ rows: 500, columns: 4, values }, axes)).toMatchObject({ rows: 500, columns: 2 })
})
