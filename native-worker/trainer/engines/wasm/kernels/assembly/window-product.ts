import { argumentOf, pointerOf } from './job'
import { storeTile, TILE_ROWS } from './micro-kernel'
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
  TERMS,
  ZEROS,
} from './pack-left'
import { multiplyAdd } from './vector'

/*
 * Products whose left operand is read where it lies instead of packed: few columns would not pay for the copy. A row is a window of an
 * image, a line of its taps one run of values.
 */

/** With more terms a panel of the right operand leaves the nearest cache. */
export const WINDOW_TERMS: i32 = 1024
/** What the table of one block has room for. */
const MOST_LINES: i32 = 8
/** As many as there are zeros. */
const LONGEST_LINE: i32 = 512
/** Below, going from line to line costs more than packing. */
const SHORTEST_LINE: i32 = 16

/** Values of one line of taps. */
export function lineLength(product: i32): i32 {
  return argumentOf(product, CHANNELS) * argumentOf(product, TAPS_ACROSS)
}

export function readsWindows(product: i32): bool {
  const terms = argumentOf(product, TERMS)
  const line = lineLength(product)
  return (
    argumentOf(product, STEP_X) == 1 &&
    terms <= WINDOW_TERMS &&
    line >= SHORTEST_LINE &&
    line <= LONGEST_LINE &&
    terms / line <= MOST_LINES
  )
}

/**
 * Where each line of each row's window begins: table[tile][line][6]. Lines that leave the image are zeros, those that leave it in
 * part are copied.
 */
export function listWindows(product: i32, firstRow: i32, rows: i32, table: usize, copies: usize): void {
  const channels = argumentOf(product, CHANNELS)
  const tapsAcross = argumentOf(product, TAPS_ACROSS)
  const gridHeight = argumentOf(product, GRID_HEIGHT)
  const gridWidth = argumentOf(product, GRID_WIDTH)
  const strideY = argumentOf(product, STRIDE_Y)
  const strideX = argumentOf(product, STRIDE_X)
  const stepY = argumentOf(product, STEP_Y)
  const offsetY = argumentOf(product, OFFSET_Y)
  const offsetX = argumentOf(product, OFFSET_X)
  const height = argumentOf(product, SOURCE_HEIGHT)
  const width = argumentOf(product, SOURCE_WIDTH)
  const zeros = pointerOf(product, ZEROS)
  const imageBytes = pointerOf(product, SOURCE_IMAGE_BYTES)
  const pixelBytes = (<usize>channels) << 2
  const lines = argumentOf(product, TERMS) / (channels * tapsAcross)
  const firstLine = firstRow / gridWidth
  let image = pointerOf(product, SOURCE) + <usize>(firstLine / gridHeight) * imageBytes
  let gridY = firstLine % gridHeight
  let gridX = firstRow % gridWidth
  for (let tile = 0; tile < rows; tile += TILE_ROWS) {
    for (let lane = 0; lane < TILE_ROWS; lane++) {
      const entry = table + ((<usize>lane) << 2)
      if (tile + lane >= rows) {
        for (let line = 0; line < lines; line++) store<u32>(entry + <usize>line * 24, <u32>zeros)
        continue
      }
      const left = gridX * strideX + offsetX
      const first = max(0, -left)
      const last = min(tapsAcross, width - left)
      let y = gridY * strideY + offsetY
      for (let line = 0; line < lines; line++, y += stepY) {
        let from = zeros
        if (<u32>y < <u32>height && first < last) {
          from = image + <usize>(y * width + left) * pixelBytes
          if (last - first < tapsAcross) {
            const skipped = <usize>first * pixelBytes
            const end = <usize>last * pixelBytes
            const all = <usize>tapsAcross * pixelBytes
            memory.fill(copies, 0, skipped)
            memory.copy(copies + skipped, from + skipped, end - skipped)
            memory.fill(copies + end, 0, all - end)
            from = copies
            copies += all
          }
        }
        store<u32>(entry + <usize>line * 24, <u32>from)
      }
      if (++gridX == gridWidth) {
        gridX = 0
        if (++gridY == gridHeight) {
          gridY = 0
          image += imageBytes
        }
      }
    }
    table += <usize>lines * 24
  }
}

/** Bytes of a tile's part of the table. */
export function tileTableBytes(product: i32): usize {
  return <usize>(argumentOf(product, TERMS) / lineLength(product)) * 24
}

/** tile[6, 8] = Σ over the lines of windows · right[k, 8]. */
export function multiplyWindows(product: i32, table: usize, right: usize, tile: usize): void {
  const run = lineLength(product)
  const lastLine = table + tileTableBytes(product)
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
  for (; table < lastLine; table += 24) {
    let a0 = <usize>load<u32>(table)
    let a1 = <usize>load<u32>(table, 4)
    let a2 = <usize>load<u32>(table, 8)
    let a3 = <usize>load<u32>(table, 12)
    let a4 = <usize>load<u32>(table, 16)
    let a5 = <usize>load<u32>(table, 20)
    const end = right + ((<usize>run) << 5)
    while (right < end) {
      const b0 = v128.load(right)
      const b1 = v128.load(right, 16)
      let a = v128.load_splat<f32>(a0)
      c00 = multiplyAdd(a, b0, c00)
      c01 = multiplyAdd(a, b1, c01)
      a = v128.load_splat<f32>(a1)
      c10 = multiplyAdd(a, b0, c10)
      c11 = multiplyAdd(a, b1, c11)
      a = v128.load_splat<f32>(a2)
      c20 = multiplyAdd(a, b0, c20)
      c21 = multiplyAdd(a, b1, c21)
      a = v128.load_splat<f32>(a3)
      c30 = multiplyAdd(a, b0, c30)
      c31 = multiplyAdd(a, b1, c31)
      a = v128.load_splat<f32>(a4)
      c40 = multiplyAdd(a, b0, c40)
      c41 = multiplyAdd(a, b1, c41)
      a = v128.load_splat<f32>(a5)
      c50 = multiplyAdd(a, b0, c50)
      c51 = multiplyAdd(a, b1, c51)
      a0 += 4
      a1 += 4
      a2 += 4
      a3 += 4
      a4 += 4
      a5 += 4
      right += 32
    }
  }
  storeTile(tile, c00, c01, c10, c11, c20, c21, c30, c31, c40, c41, c50, c51)
}
