import type { Plane } from '../../metrics/gaussian-blur.ts'

/*
 * The inner part of a picture, and the same part of another one moved by some pixels: what is compared to find the nearest real picture.
 */

export interface WindowShape {
  /** Of the picture, pixels. */
  readonly edge: number
  /** Farthest shift, pixels. */
  readonly reach: number
  /** Of the inner part: inside the picture whatever the shift. */
  readonly inner: number
  /** Per edge of the inner part, when it is compared coarsely. */
  readonly cells: number
  /** Between the shifts that are tried coarsely: half a cell, or grain that is only half in step would be lost in its mean. */
  readonly step: number
}

interface Shift {
  readonly x: number
  readonly y: number
}

export const noShift: Shift = { x: 0, y: 0 }

const farthestShift = 4
const mostCells = 14

export function windowShape(edge: number): WindowShape {
  const reach = Math.min(farthestShift, Math.floor(edge / 8))
  const inner = edge - 2 * reach
  const cells = Math.min(mostCells, inner)
  return { edge, reach, inner, cells, step: Math.max(1, Math.min(reach, Math.floor(inner / cells / 2))) }
}

export function coarseShifts({ reach, step }: WindowShape): readonly Shift[] {
  const along: number[] = []
  for (let at = -Math.floor(reach / step) * step; at <= reach; at += step) along.push(at)
  return along.flatMap((y) => along.map((x) => ({ x, y })))
}

/** One mirroring of a candidate's inner part. */
export interface FlippedWindow {
  /** [inner, inner], mean 0 and length 1. */
  readonly values: Float32Array
  readonly isFlat: boolean
  /** [cells, cells], mean 0 and length 1. */
  readonly coarse: Float32Array
}

/** As it is, mirrored left to right, top to bottom, both. */
export function flippedWindows(plane: Plane, shape: WindowShape): readonly FlippedWindow[] {
  const { inner, reach } = shape
  const raw = cut(plane, { ...shape, x: reach, y: reach })
  const isFlat = normalise(raw, leastLength)
  const flips = [
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ] as const
  return flips.map(([leftRight, topBottom]) => {
    const values = flip(raw, { edge: inner, leftRight, topBottom })
    // Not mirrored itself: cells of unequal size would lie elsewhere.
    const coarse = inCells(values, shape)
    normalise(coarse)
    return { isFlat, values, coarse }
  })
}

/** A real picture, ready for any shift. */
export interface RealWindows {
  readonly plane: Plane
  /** [shifts, cells, cells], each of mean 0 and length 1. */
  readonly coarse: Float32Array
  /** Sums of values and of squares left of and above every pixel, [edge + 1, edge + 1]. */
  readonly sums: Float64Array
  readonly squares: Float64Array
}

export function describeWindows(plane: Plane, shape: WindowShape): RealWindows {
  const shifts = coarseShifts(shape)
  const { cells, reach } = shape
  const coarse = new Float32Array(shifts.length * cells * cells)
  shifts.forEach(({ x, y }, index) => {
    const averaged = inCells(cut(plane, { ...shape, x: reach + x, y: reach + y }), shape)
    normalise(averaged)
    coarse.set(averaged, index * cells * cells)
  })
  return { plane, coarse, ...integrals(plane) }
}

/** Below this length, in grey levels, a part shows nothing. */
const leastLength = 1e-3

/** The highest correlation over all shifts that the coarse one stands for. */
export function compareAt(
  { values, isFlat }: FlippedWindow,
  { plane, sums, squares }: RealWindows,
  { shape, around }: { readonly shape: WindowShape; readonly around: Shift },
): number {
  const { edge, inner, reach, step } = shape
  const clip = (at: number): number => Math.max(-reach, Math.min(reach, at))
  const count = inner * inner
  let best = -1
  for (let y = clip(around.y - step + 1); y <= clip(around.y + step - 1); y++) {
    for (let x = clip(around.x - step + 1); x <= clip(around.x + step - 1); x++) {
      const left = reach + x
      const top = reach + y
      const sum = within(sums, { edge, left, top, inner })
      const length = Math.sqrt(Math.max(0, within(squares, { edge, left, top, inner }) - (sum * sum) / count))
      if (length < leastLength || isFlat) {
        if (length < leastLength && isFlat) return 1
        best = Math.max(best, 0)
        continue
      }
      // The candidate's mean is 0: that of the real part needs no subtraction.
      let product = 0
      for (let row = 0; row < inner; row++) {
        const from = (top + row) * edge + left
        const own = row * inner
        let ofRow = 0
        for (let column = 0; column < inner; column++)
          ofRow += (values[own + column] as number) * (plane.values[from + column] as number)
        product += ofRow
      }
      best = Math.max(best, product / length)
    }
  }
  return Math.min(1, best)
}

function cut(
  { edge, values }: Plane,
  { inner, x, y }: { readonly inner: number; readonly x: number; readonly y: number },
): Float32Array {
  const part = new Float32Array(inner * inner)
  for (let row = 0; row < inner; row++) {
    const from = (y + row) * edge + x
    part.set(values.subarray(from, from + inner), row * inner)
  }
  return part
}

function inCells(values: Float32Array, { inner, cells }: WindowShape): Float32Array {
  const means = new Float32Array(cells * cells)
  const counts = new Float32Array(cells * cells)
  for (let row = 0; row < inner; row++) {
    const cellRow = Math.floor((row * cells) / inner) * cells
    for (let column = 0; column < inner; column++) {
      const cell = cellRow + Math.floor((column * cells) / inner)
      means[cell] = (means[cell] as number) + (values[row * inner + column] as number)
      counts[cell] = (counts[cell] as number) + 1
    }
  }
  return means.map((sum, cell) => sum / (counts[cell] as number))
}

/** In place, to mean 0 and length 1; zeros where it shows nothing, which is said. */
function normalise(values: Float32Array, shortest = 1e-6): boolean {
  let sum = 0
  for (const value of values) sum += value
  const mean = sum / values.length
  let squares = 0
  for (const value of values) squares += (value - mean) ** 2
  const length = Math.sqrt(squares)
  const isFlat = length < shortest
  for (let at = 0; at < values.length; at++) values[at] = isFlat ? 0 : ((values[at] as number) - mean) / length
  return isFlat
}

function flip(
  values: Float32Array,
  { edge, leftRight, topBottom }: { readonly edge: number; readonly leftRight: boolean; readonly topBottom: boolean },
): Float32Array {
  if (!leftRight && !topBottom) return values
  const flipped = new Float32Array(values.length)
  for (let row = 0; row < edge; row++) {
    const from = (topBottom ? edge - 1 - row : row) * edge
    for (let column = 0; column < edge; column++)
      flipped[row * edge + column] = values[from + (leftRight ? edge - 1 - column : column)] as number
  }
  return flipped
}

function integrals({ edge, values }: Plane): Pick<RealWindows, 'sums' | 'squares'> {
  const width = edge + 1
  const sums = new Float64Array(width * width)
  const squares = new Float64Array(width * width)
  for (let row = 0; row < edge; row++) {
    let sum = 0
    let square = 0
    for (let column = 0; column < edge; column++) {
      const value = values[row * edge + column] as number
      sum += value
      square += value * value
      const at = (row + 1) * width + column + 1
      sums[at] = (sums[at - width] as number) + sum
      squares[at] = (squares[at - width] as number) + square
    }
  }
  return { sums, squares }
}

function within(
  table: Float64Array,
  {
    edge,
    left,
    top,
    inner,
  }: { readonly edge: number; readonly left: number; readonly top: number; readonly inner: number },
): number {
  const width = edge + 1
  const at = (row: number, column: number): number => table[row * width + column] as number
  return at(top + inner, left + inner) - at(top, left + inner) - at(top + inner, left) + at(top, left)
}
