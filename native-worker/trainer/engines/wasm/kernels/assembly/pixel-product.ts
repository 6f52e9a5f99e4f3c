import { argumentOf, pointerOf } from './job'
import { storeTile } from './micro-kernel'
import {
  CHANNELS,
  GRID_HEIGHT,
  GRID_WIDTH,
  OFFSET_X,
  OFFSET_Y,
  SOURCE,
  SOURCE_HEIGHT,
  SOURCE_IMAGE_BYTES,
  SOURCE_WIDTH,
  STEP_X,
  STEP_Y,
  STRIDE_X,
  STRIDE_Y,
  TAPS_ACROSS,
  ROWS,
} from './pack-left'
import { multiplyAdd } from './vector'

/*
 * Filter gradients whose windows all lie inside their images: six values of a line of taps are six neighbours at each pixel, read
 * where they lie.
 */

/** With more, packing pays: each pixel is read from the nearest cache for every eight of them. */
const MOST_COLUMNS: i32 = 32

export function readsPixels(product: i32, columns: i32): bool {
  const channels = argumentOf(product, CHANNELS)
  const tapsAcross = argumentOf(product, TAPS_ACROSS)
  const tapsDown = argumentOf(product, ROWS) / (channels * tapsAcross)
  const top = argumentOf(product, OFFSET_Y)
  const left = argumentOf(product, OFFSET_X)
  const bottom = top + (argumentOf(product, GRID_HEIGHT) - 1) * argumentOf(product, STRIDE_Y)
  const right = left + (argumentOf(product, GRID_WIDTH) - 1) * argumentOf(product, STRIDE_X)
  return (
    columns <= MOST_COLUMNS &&
    argumentOf(product, STEP_X) == 1 &&
    channels * tapsAcross >= 6 &&
    top >= 0 &&
    left >= 0 &&
    bottom + (tapsDown - 1) * argumentOf(product, STEP_Y) < argumentOf(product, SOURCE_HEIGHT) &&
    right + tapsAcross <= argumentOf(product, SOURCE_WIDTH)
  )
}

/** tile[6, 8] = Σ over pixels `first`… of six values from `row` of the taps on · right[pixel, 8]. */
export function multiplyPixels(product: i32, row: i32, first: i32, count: i32, right: usize, tile: usize): void {
  const pixelBytes = (<usize>argumentOf(product, CHANNELS)) << 2
  const lineBytes = <usize>argumentOf(product, SOURCE_WIDTH) * pixelBytes
  const gridWidth = argumentOf(product, GRID_WIDTH)
  const gridHeight = argumentOf(product, GRID_HEIGHT)
  const pitch = <usize>argumentOf(product, STRIDE_X) * pixelBytes
  const linePitch = <usize>argumentOf(product, STRIDE_Y) * lineBytes
  const line = argumentOf(product, CHANNELS) * argumentOf(product, TAPS_ACROSS)
  const start =
    <usize>(argumentOf(product, OFFSET_Y) + (row / line) * argumentOf(product, STEP_Y)) * lineBytes +
    <usize>argumentOf(product, OFFSET_X) * pixelBytes +
    ((<usize>(row % line)) << 2)
  const firstLine = first / gridWidth
  let image =
    pointerOf(product, SOURCE) + start + <usize>(firstLine / gridHeight) * pointerOf(product, SOURCE_IMAGE_BYTES)
  let gridY = firstLine % gridHeight
  let gridX = first % gridWidth
  let c00 = f32x4.splat(0)
  let c01 = c00,
    c10 = c00,
    c11 = c00,
    c20 = c00,
    c21 = c00
  let c30 = c00,
    c31 = c00,
    c40 = c00,
    c41 = c00,
    c50 = c00,
    c51 = c00
  while (count > 0) {
    const run = min(count, gridWidth - gridX)
    const end = right + ((<usize>run) << 5)
    let left = image + <usize>gridY * linePitch + <usize>gridX * pitch
    while (right < end) {
      const b0 = v128.load(right)
      const b1 = v128.load(right, 16)
      let a = v128.load_splat<f32>(left)
      c00 = multiplyAdd(a, b0, c00)
      c01 = multiplyAdd(a, b1, c01)
      a = v128.load_splat<f32>(left, 4)
      c10 = multiplyAdd(a, b0, c10)
      c11 = multiplyAdd(a, b1, c11)
      a = v128.load_splat<f32>(left, 8)
      c20 = multiplyAdd(a, b0, c20)
      c21 = multiplyAdd(a, b1, c21)
      a = v128.load_splat<f32>(left, 12)
      c30 = multiplyAdd(a, b0, c30)
      c31 = multiplyAdd(a, b1, c31)
      a = v128.load_splat<f32>(left, 16)
      c40 = multiplyAdd(a, b0, c40)
      c41 = multiplyAdd(a, b1, c41)
      a = v128.load_splat<f32>(left, 20)
      c50 = multiplyAdd(a, b0, c50)
      c51 = multiplyAdd(a, b1, c51)
      left += pitch
      right += 32
    }
    count -= run
    gridX = 0
    if (++gridY == gridHeight) {
      gridY = 0
      image += pointerOf(product, SOURCE_IMAGE_BYTES)
    }
  }
  storeTile(tile, c00, c01, c10, c11, c20, c21, c30, c31, c40, c41, c50, c51)
}
