import { RandomStream } from '../../random/random-stream.ts'
import { drawRows } from '../draw-rows.ts'
import { NearestPatches, neighbours } from './nearest-patches.ts'
import { patchColumns, patchFeatures } from './patch-features.ts'
import { principalAxes } from './principal-axes.ts'

const bankRows = 6000
/** Patches looked at for each pixel beside those that were nearest to its neighbours. */
const mostRows = 400
/** Every other pixel is searched for, the rest lies between them: patches of neighbours overlap by six sevenths. */
const stride = 2

/** Patches of images that are free of defects, turned into their principal axes. */
export interface PatchBank {
  /** [columns, columns] */
  readonly axes: Float64Array
  readonly patches: NearestPatches
}

/**
 * 6,000 patches, as many from each picture.
 * @param pictures uint8 [edge, edge] each; at least one
 */
export function makePatchBank(
  pictures: readonly Uint8Array[],
  { edge, seed }: { readonly edge: number; readonly seed: number },
): PatchBank {
  const random = RandomStream.fromSeed(seed, 'patch bank')
  const each = Math.ceil(bankRows / pictures.length)
  const drawn = pictures.flatMap((pixels) => {
    const features = patchFeatures(pixels, edge)
    return drawRows(random, { rows: edge * edge, count: each }).map((row) =>
      features.slice(row * patchColumns, (row + 1) * patchColumns),
    )
  })
  const kept = drawRows(random, { rows: drawn.length, count: bankRows }).map((row) => drawn[row] as Float32Array)
  const flat = new Float32Array(kept.length * patchColumns)
  kept.forEach((row, index) => flat.set(row, index * patchColumns))
  const axes = principalAxes(flat, patchColumns)
  return { axes, patches: new NearestPatches(turnInto(axes, flat), { mostRows }) }
}

/**
 * Mean distance of each pixel's patch to the three nearest of the bank.
 * @param pixels uint8 [edge, edge], an even edge
 * @returns [edge · edge]
 */
export function distanceToBank(
  pixels: Uint8Array,
  { bank: { axes, patches }, edge }: { readonly bank: PatchBank; readonly edge: number },
): Float32Array {
  const features = patchFeatures(pixels, edge)
  const coarse = edge / stride
  const distances = new Float32Array(coarse * coarse)
  /** Rows that were nearest to each pixel: neighbouring pixels have neighbouring patches. */
  const found = new Int32Array(coarse * coarse * neighbours)
  const hints = new Int32Array(2 * neighbours)
  for (let at = 0; at < distances.length; at++) {
    const x = at % coarse
    const y = Math.floor(at / coarse)
    hints.fill(-1)
    if (x > 0) hints.set(found.subarray((at - 1) * neighbours, at * neighbours))
    if (y > 0) hints.set(found.subarray((at - coarse) * neighbours, (at - coarse + 1) * neighbours), neighbours)
    const row = (y * stride * edge + x * stride) * patchColumns
    patches.find(turnInto(axes, features.subarray(row, row + patchColumns)), hints)
    distances[at] = patches.meanDistance
    found.set(patches.rows, at * neighbours)
  }
  return between(distances, coarse)
}

/** From every other pixel to all of them, linearly. */
function between(coarse: Float32Array, coarseEdge: number): Float32Array {
  const edge = coarseEdge * stride
  const values = new Float32Array(edge * edge)
  const last = coarseEdge - 1
  for (let y = 0; y < edge; y++) {
    const above = Math.floor(y / stride)
    const below = Math.min(last, above + 1)
    const down = (y % stride) / stride
    for (let x = 0; x < edge; x++) {
      const left = Math.floor(x / stride)
      const right = Math.min(last, left + 1)
      const along = (x % stride) / stride
      const value = (row: number, column: number): number => coarse[row * coarseEdge + column] as number
      values[y * edge + x] =
        (1 - down) * ((1 - along) * value(above, left) + along * value(above, right)) +
        down * ((1 - along) * value(below, left) + along * value(below, right))
    }
  }
  return values
}

/** @param rows [count, columns] */
function turnInto(axes: Float64Array, rows: Float32Array): Float32Array {
  const turned = new Float32Array(rows.length)
  for (let from = 0; from < rows.length; from += patchColumns) {
    for (let axis = 0; axis < patchColumns; axis++) {
      let sum = 0
      for (let column = 0; column < patchColumns; column++)
        sum += (axes[axis * patchColumns + column] as number) * (rows[from + column] as number)
      turned[from + axis] = sum
    }
  }
  return turned
}
