import { multiplyAdd } from './vector'

/**
 * Six rows, one after the other · a panel of eight columns to six rows of the target, `targetBytes` apart. Rows that are missing are the
 * first again.
 */
export function multiplyRows(
  from: usize,
  rows: i32,
  rowBytes: usize,
  right: usize,
  target: usize,
  targetBytes: usize,
): void {
  let a0 = from
  let a1 = rows > 1 ? a0 + rowBytes : from
  let a2 = rows > 2 ? a1 + rowBytes : from
  let a3 = rows > 3 ? a2 + rowBytes : from
  let a4 = rows > 4 ? a3 + rowBytes : from
  let a5 = rows > 5 ? a4 + rowBytes : from
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
  const end = from + rowBytes
  while (a0 < end) {
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
  v128.store(target, c00)
  v128.store(target, c01, 16)
  target += targetBytes
  v128.store(target, c10)
  v128.store(target, c11, 16)
  target += targetBytes
  v128.store(target, c20)
  v128.store(target, c21, 16)
  target += targetBytes
  v128.store(target, c30)
  v128.store(target, c31, 16)
  target += targetBytes
  v128.store(target, c40)
  v128.store(target, c41, 16)
  target += targetBytes
  v128.store(target, c50)
  v128.store(target, c51, 16)
}
