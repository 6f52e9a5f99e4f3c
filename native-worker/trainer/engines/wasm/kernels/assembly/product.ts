import { argumentOf, ownScratch, pointerOf } from './job'
import { multiplyPanels, TILE_COLUMNS, TILE_ROWS } from './micro-kernel'
import { multiplyNarrowRows, NARROW_COLUMNS, NARROW_TERMS, spreadColumns } from './narrow-product'
import { packColumns, packRows, ROWS, TERMS } from './pack-left'
import { multiplyPixels, readsPixels } from './pixel-product'
import { lineLength, listWindows, multiplyWindows, readsWindows, tileTableBytes } from './window-product'

/*
 * C[m, n] = Σ_k A[m, k] · B[k, n], blocked and packed after Goto & van de Geijn 2008 ("Anatomy of High-Performance Matrix
 * Multiplication"). A is gathered from an image on the way into its panels, which makes the same product a convolution
 * (implicit im2col); B was packed before. Sums run over k in ascending order in blocks of fixed depth, whatever the other
 * blocks and the threads: the same bits every time.
 */

/** Values of k that are packed at a time: a panel of B is 8 KiB, a block of A 96 KiB. */
export const DEPTH: i32 = 256
export const MAX_BLOCK_ROWS: i32 = 96

/** Words of one product; the JavaScript side writes them in this order. */
export const COLUMNS = 1
export const GATHERS_COLUMNS = 3
export const RIGHT = 17
export const OUTPUT = 18
export const OUTPUT_IMAGE_STRIDE = 19
export const OUTPUT_ROW_STRIDE = 20
export const OUTPUT_PIXEL_STRIDE = 21
export const OUTPUT_HEIGHT = 22
export const OUTPUT_WIDTH = 23
export const BLOCK_ROWS = 24
export const BLOCK_COLUMNS = 25
export const COLUMN_BLOCKS = 26
export const TASKS_EACH = 29
/** Address of what is added, or 0; 1 where it is one row for all. */
export const ADDEND = 30
export const ADDEND_IS_VECTOR = 31

/** Bytes of a thread's scratch memory: row addresses, one tile, three words a row for the packing or a
 * table of windows, a block of A or the copied lines of windows. */
const ADDRESSES: usize = 0
const TILE: usize = 512
const ROW_TABLE: usize = 1024
const BLOCK: usize = 4096

/** One block of rows × one block of columns of one of the job's products. */
export function multiplyBlock(task: i32): void {
  const each = argumentOf(0, TASKS_EACH)
  const product = task / each
  const local = task % each
  const columnBlocks = argumentOf(product, COLUMN_BLOCKS)
  const blockRows = argumentOf(product, BLOCK_ROWS)
  const firstRow = (local / columnBlocks) * blockRows
  const rows = min(blockRows, argumentOf(product, ROWS) - firstRow)
  const firstColumn = (local % columnBlocks) * argumentOf(product, BLOCK_COLUMNS)
  const columns = argumentOf(product, COLUMNS)
  const endColumn = min(columns, firstColumn + argumentOf(product, BLOCK_COLUMNS))
  if (rows <= 0 || firstColumn >= endColumn) return

  const scratch = ownScratch()
  const terms = argumentOf(product, TERMS)
  const right = pointerOf(product, RIGHT)
  const gathersColumns = argumentOf(product, GATHERS_COLUMNS) != 0
  listOutputRows(product, firstRow, rows)

  if (!gathersColumns && columns <= NARROW_COLUMNS && terms * columns <= NARROW_TERMS) {
    spreadColumns(right, terms, columns, scratch + BLOCK)
    multiplyNarrowRows(product, firstRow, rows, columns, scratch + BLOCK, scratch + ADDRESSES)
    const addend = pointerOf(product, ADDEND)
    const isVector = argumentOf(product, ADDEND_IS_VECTOR) != 0
    if (addend != 0)
      addToTile(scratch + ADDRESSES, rows, 0, columns, isVector ? addend : 0, addend - pointerOf(product, OUTPUT))
    return
  }

  if (!gathersColumns && readsWindows(product)) {
    listWindows(product, firstRow, rows, scratch + ROW_TABLE, scratch + BLOCK)
    for (let column = firstColumn; column < endColumn; column += TILE_COLUMNS) {
      const panel = right + ((<usize>column * <usize>terms) << 2)
      let windows = scratch + ROW_TABLE
      for (let row = 0; row < rows; row += TILE_ROWS, windows += tileTableBytes(product)) {
        multiplyWindows(product, windows, panel, scratch + TILE)
        placeTile(product, row, min(TILE_ROWS, rows - row), column, min(TILE_COLUMNS, columns - column), false)
      }
    }
    return
  }

  const inPlace = gathersColumns && readsPixels(product, columns)
  const line = inPlace ? lineLength(product) : 0
  for (let k = 0; k < terms; k += DEPTH) {
    const depth = min(DEPTH, terms - k)
    if (!inPlace) {
      if (gathersColumns) packColumns(product, firstRow, rows, k, depth, scratch + BLOCK)
      else packRows(product, firstRow, rows, k, depth, scratch + BLOCK, scratch + ROW_TABLE)
    }
    for (let column = firstColumn; column < endColumn; column += TILE_COLUMNS) {
      const panel = right + ((<usize>column * <usize>terms + ((<usize>k) << 3)) << 2)
      const width = min(TILE_COLUMNS, columns - column)
      for (let row = 0; row < rows;) {
        let height = min(TILE_ROWS, rows - row)
        if (inPlace) {
          // Where a line of taps ends, its tile does.
          height = min(height, line - ((firstRow + row) % line))
          multiplyPixels(product, firstRow + row, k, depth, panel, scratch + TILE)
        } else multiplyPanels(scratch + BLOCK + ((<usize>row * <usize>depth) << 2), panel, depth, scratch + TILE)
        placeTile(product, row, height, column, width, k > 0)
        row += height
      }
    }
  }
}

/** Writes the finished tile to its rows, or adds it to them, and what else is to be added. */
function placeTile(product: i32, row: i32, rows: i32, column: i32, columns: i32, adds: bool): void {
  const scratch = ownScratch()
  const list = scratch + ADDRESSES + ((<usize>row) << 2)
  const start = (<usize>column) << 2
  mergeTile(list, rows, start, columns, adds, scratch + TILE)
  const addend = pointerOf(product, ADDEND)
  if (adds || addend == 0) return
  const isVector = argumentOf(product, ADDEND_IS_VECTOR) != 0
  addToTile(list, rows, start, columns, isVector ? addend + start : 0, addend - pointerOf(product, OUTPUT))
}

function listOutputRows(product: i32, firstRow: i32, rows: i32): void {
  const list = ownScratch() + ADDRESSES
  const height = argumentOf(product, OUTPUT_HEIGHT)
  const width = argumentOf(product, OUTPUT_WIDTH)
  const output = pointerOf(product, OUTPUT)
  const pixelStride = argumentOf(product, OUTPUT_PIXEL_STRIDE)
  const rowStride = argumentOf(product, OUTPUT_ROW_STRIDE)
  const imageStride = argumentOf(product, OUTPUT_IMAGE_STRIDE)
  const firstLine = firstRow / width
  let image = firstLine / height
  let y = firstLine % height
  let x = firstRow % width
  for (let row = 0; row < rows; row++) {
    const offset = x * pixelStride + y * rowStride + image * imageStride
    store<u32>(list + ((<usize>row) << 2), <u32>(output + ((<usize>offset) << 2)))
    if (++x == width) {
      x = 0
      if (++y == height) {
        y = 0
        image++
      }
    }
  }
}

/**
 * @param vector address of what is added to every row, or 0 where each has its own
 * @param toAddend from a place of the output to what is added there, in values that lie as the output's do
 */
function addToTile(addresses: usize, rows: i32, columnBytes: usize, width: i32, vector: usize, toAddend: usize): void {
  for (let row = 0; row < rows; row++) {
    const target = <usize>load<u32>(addresses + ((<usize>row) << 2)) + columnBytes
    const from = vector != 0 ? vector : target + toAddend
    if (width == TILE_COLUMNS) {
      v128.store(target, f32x4.add(v128.load(target), v128.load(from)))
      v128.store(target, f32x4.add(v128.load(target, 16), v128.load(from, 16)), 16)
    } else {
      for (let column: usize = 0; column < (<usize>width) << 2; column += 4)
        store<f32>(target + column, load<f32>(target + column) + load<f32>(from + column))
    }
  }
}

function mergeTile(addresses: usize, rows: i32, columnBytes: usize, width: i32, adds: bool, tile: usize): void {
  for (let row = 0; row < rows; row++) {
    const target = <usize>load<u32>(addresses + ((<usize>row) << 2)) + columnBytes
    if (width == TILE_COLUMNS) {
      let low = v128.load(tile)
      let high = v128.load(tile, 16)
      if (adds) {
        low = f32x4.add(low, v128.load(target))
        high = f32x4.add(high, v128.load(target, 16))
      }
      v128.store(target, low)
      v128.store(target, high, 16)
    } else {
      for (let column: usize = 0; column < (<usize>width) << 2; column += 4) {
        const value = load<f32>(tile + column)
        store<f32>(target + column, adds ? value + load<f32>(target + column) : value)
      }
    }
    tile += TILE_COLUMNS << 2
  }
}
