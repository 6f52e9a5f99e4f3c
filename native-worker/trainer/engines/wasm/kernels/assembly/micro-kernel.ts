import { multiplyAdd } from './vector'

/** Rows and columns of one tile: 12 accumulators, 2 columns and 1 broadcast row fill the 15 registers of x64. */
export const TILE_ROWS: i32 = 6
export const TILE_COLUMNS: i32 = 8

/** tile[6, 8] = Σ_k left[k, 6] · right[k, 8], k in ascending order. */
export function multiplyPanels(left: usize, right: usize, depth: i32, tile: usize): void {
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
  const end = left + <usize>depth * 24
  while (left < end) {
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
    left += 24
    right += 32
  }
  storeTile(tile, c00, c01, c10, c11, c20, c21, c30, c31, c40, c41, c50, c51)
}

/** The accumulators of a tile[6, 8], row by row. */
export function storeTile(
  tile: usize,
  c00: v128,
  c01: v128,
  c10: v128,
  c11: v128,
  c20: v128,
  c21: v128,
  c30: v128,
  c31: v128,
  c40: v128,
  c41: v128,
  c50: v128,
  c51: v128,
): void {
  v128.store(tile, c00)
  v128.store(tile, c01, 16)
  v128.store(tile, c10, 32)
  v128.store(tile, c11, 48)
  v128.store(tile, c20, 64)
  v128.store(tile, c21, 80)
  v128.store(tile, c30, 96)
  v128.store(tile, c31, 112)
  v128.store(tile, c40, 128)
  v128.store(tile, c41, 144)
  v128.store(tile, c50, 160)
  v128.store(tile, c51, 176)
}
