import { drawMap, mostLandmarks } from '../../native-worker/metrics/map/draw-map.ts'
import { RandomStream } from '../../native-worker/random/random-stream.ts'
import { wholeMap } from '../../renderer/features/evaluate/map/map-view.ts'
import { paintOrder, paintPoints, pointRadius } from '../../renderer/features/evaluate/map/paint-points.ts'

/*
 * The map: seconds to put pictures on it by 352 features each (more than 5,000 are put between those that are laid out), and milliseconds
 * to paint a frame of 50,000 points while it moves, with the pixels of a window of 1366 × 768. `npm run bench map 5000`; how many as arguments.
 */

const columns = 352
const asked = process.argv.slice(2).map(Number).filter(Boolean)

/** Ten heaps in 20 directions. */
function features(rows: number): Float32Array {
  const random = RandomStream.fromSeed(3, 'map bench')
  const basis = random.normals(20 * columns)
  const values = new Float32Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    const along = random.normals(20)
    for (let axis = 0; axis < 20; axis++) {
      const weight = (along[axis] ?? 0) / 2 + (axis === row % 10 ? 4 : 0)
      for (let column = 0; column < columns; column++)
        values[row * columns + column] =
          (values[row * columns + column] ?? 0) + weight * (basis[axis * columns + column] ?? 0)
    }
  }
  return values
}

for (const rows of asked.length > 0 ? asked : [1000, 5000]) {
  const values = features(rows)
  const began = performance.now()
  drawMap({ rows, columns, values }, { firm: Math.min(rows, 500) })
  const seconds = Number(((performance.now() - began) / 1000).toFixed(1))
  process.stdout.write(`${JSON.stringify({ bench: 'map', pictures: rows, mostLandmarks, seconds })}\n`)
}

const points = 50_000
const random = RandomStream.fromSeed(4, 'map painting')
const extent = { width: 1100, height: 400 }
const pixels = new Uint32Array(extent.width * extent.height)
const painted = {
  places: Float32Array.from({ length: 2 * points }, () => 2 * random.uniform() - 1),
  kinds: Uint8Array.from({ length: points }, (_, at) => at % paintOrder.length),
  strengths: new Uint8Array(points).fill(2),
}
const frames: number[] = []
for (let frame = 0; frame < 120; frame++) {
  const began = performance.now()
  pixels.fill(0xffffffff)
  paintPoints(pixels, painted, {
    view: { ...wholeMap(extent), centre: { x: frame / 1000, y: 0 } },
    ...{ extent, radius: pointRadius, faint: 1 },
    colours: { real: 2, pending: 3, quarantined: 4, accepted: 5, rejected: 6 },
  })
  frames.push(performance.now() - began)
}
const sorted = frames.slice(20).sort((a, b) => a - b)
process.stdout.write(
  `${JSON.stringify({
    ...{ bench: 'map-frame', points, width: extent.width, height: extent.height },
    medianMs: Number((sorted[50] ?? 0).toFixed(2)),
    p95Ms: Number((sorted[95] ?? 0).toFixed(2)),
  })}\n`,
)
