import type { RandomStream } from '../random/random-stream.ts'
import { drawRows } from './draw-rows.ts'
import { selectRows, type FeatureMatrix } from './feature-matrix.ts'
import { tooFew, type Measured } from './measured.ts'
import { nearestRows } from './nearest-rows.ts'

const fewestImages = 20
/** Held-out images that a cell has on average. */
const imagesOfCell = 20
const mostCells = 5
const rounds = 20
/** A cell with fewer of either says nothing. */
const fewestOfCell = 5

/**
 * Data-copying test C_T (Meehan et al. 2020): whether images lie nearer to the train images than held-out real ones do, as a
 * Mann–Whitney Z in every k-means cell of the train images, weighted by the held-out images in it. 0 for new real images; below −3
 * train images are copied.
 */
export function measureDataCopying(
  {
    train,
    heldOut,
    images,
  }: { readonly train: FeatureMatrix; readonly heldOut: FeatureMatrix; readonly images: FeatureMatrix },
  { random }: { readonly random: RandomStream },
): Measured<{ readonly z: number }> {
  const refusal = tooFew(fewestImages, train.rows, heldOut.rows, images.rows)
  if (refusal !== null) return refusal
  const cells = Math.max(1, Math.min(mostCells, Math.floor(heldOut.rows / imagesOfCell)))
  const centres = findCentres(train, { cells, random })
  const sides = [heldOut, images].map((matrix) => ({
    cell: nearestRows(matrix, centres).map(({ index }) => index),
    distance: nearestRows(matrix, train).map(({ distance }) => distance),
  }))
  const [real, made] = sides
  let weighted = 0
  let weight = 0
  for (let cell = 0; cell < cells; cell++) {
    const ofCell = (side: (typeof sides)[number] | undefined): readonly number[] =>
      side?.distance.filter((_, row) => side.cell[row] === cell) ?? []
    const [held, synthetic] = [ofCell(real), ofCell(made)]
    if (Math.min(held.length, synthetic.length) < fewestOfCell) continue
    weighted += held.length * mannWhitney(synthetic, held)
    weight += held.length
  }
  return weight === 0
    ? { kind: 'notMeaningful', images: Math.min(heldOut.rows, images.rows), needed: fewestImages }
    : { kind: 'measured', z: weighted / weight }
}

/** Below 0 where the first are smaller. */
function mannWhitney(first: readonly number[], second: readonly number[]): number {
  let wins = 0
  for (const a of first) for (const b of second) wins += a > b ? 1 : a === b ? 0.5 : 0
  const [m, n] = [first.length, second.length]
  return (wins - (m * n) / 2) / Math.sqrt((m * n * (m + n + 1)) / 12)
}

/** k-means (Lloyd), from rows drawn at random. */
function findCentres(
  matrix: FeatureMatrix,
  { cells, random }: { readonly cells: number; readonly random: RandomStream },
): FeatureMatrix {
  let centres = selectRows(matrix, drawRows(random, { rows: matrix.rows, count: cells }))
  for (let round = 0; round < rounds; round++) {
    const sums = new Float64Array(cells * matrix.columns)
    const counts = new Float64Array(cells)
    nearestRows(matrix, centres).forEach(({ index }, row) => {
      counts[index] = (counts[index] ?? 0) + 1
      for (let column = 0; column < matrix.columns; column++) {
        const at = index * matrix.columns + column
        sums[at] = (sums[at] ?? 0) + (matrix.values[row * matrix.columns + column] ?? 0)
      }
    })
    const before = centres
    centres = {
      ...before,
      values: Float32Array.from(sums, (sum, at) => {
        const count = counts[Math.floor(at / matrix.columns)] ?? 0
        return count === 0 ? (before.values[at] ?? 0) : sum / count
      }),
    }
  }
  return centres
}
