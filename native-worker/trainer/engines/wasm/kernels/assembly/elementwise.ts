import { argument, floatArgument, pointerArgument } from './job'
import { multiplyAdd } from './vector'

/** Values of one task. */
const CHUNK: i32 = 16384

const LENGTH = 0
const INPUT = 1
const GRADIENT = 2
const OUTPUT = 3
const SLOPE = 4
const ONTO = 5

/** output = x where x > 0, slope · x elsewhere. */
export function activate(task: i32): void {
  const start = task * CHUNK
  const values = min(CHUNK, argument(LENGTH) - start)
  const offset = (<usize>start) << 2
  const input = pointerArgument(INPUT) + offset
  const output = pointerArgument(OUTPUT) + offset
  const slope = floatArgument(SLOPE)
  const slopes = f32x4.splat(slope)
  const zero = f32x4.splat(0)
  const end = (<usize>values) << 2
  const vectorEnd = end & ~15
  let at: usize = 0
  for (; at < vectorEnd; at += 16) {
    const x = v128.load(input + at)
    v128.store(output + at, v128.bitselect(x, f32x4.mul(x, slopes), f32x4.gt(x, zero)))
  }
  for (; at < end; at += 4) {
    const x = load<f32>(input + at)
    store<f32>(output + at, x > 0 ? x : x * slope)
  }
}

/** dx = dy where the activation's output is positive, slope · dy elsewhere; with what is in `onto`, where that is not 0. */
export function activateGradient(task: i32): void {
  const start = task * CHUNK
  const values = min(CHUNK, argument(LENGTH) - start)
  const offset = (<usize>start) << 2
  const input = pointerArgument(INPUT) + offset
  const gradient = pointerArgument(GRADIENT) + offset
  const output = pointerArgument(OUTPUT) + offset
  const isAdded = pointerArgument(ONTO) != 0
  const onto = pointerArgument(ONTO) + offset
  const slope = floatArgument(SLOPE)
  const slopes = f32x4.splat(slope)
  const zero = f32x4.splat(0)
  const end = (<usize>values) << 2
  const vectorEnd = end & ~15
  let at: usize = 0
  for (; at < vectorEnd; at += 16) {
    const dy = v128.load(gradient + at)
    const dx = v128.bitselect(dy, f32x4.mul(dy, slopes), f32x4.gt(v128.load(input + at), zero))
    v128.store(output + at, isAdded ? f32x4.add(dx, v128.load(onto + at)) : dx)
  }
  for (; at < end; at += 4) {
    const dy = load<f32>(gradient + at)
    const dx = load<f32>(input + at) > 0 ? dy : dy * slope
    store<f32>(output + at, isAdded ? dx + load<f32>(onto + at) : dx)
  }
}

const PARAMETER = 1
const FIRST = 3
const SECOND = 4
const NEW_PARAMETER = 5
const NEW_FIRST = 6
const NEW_SECOND = 7
const RATE = 8
const KEEP_FIRST = 9
const KEEP_SECOND = 10
const EPSILON = 11

const SOURCE = 2
const KEPT = 4

/** output = kept · input + (1 − kept) · source */
export function follow(task: i32): void {
  const start = task * CHUNK
  const values = min(CHUNK, argument(LENGTH) - start)
  const offset = (<usize>start) << 2
  const input = pointerArgument(INPUT) + offset
  const source = pointerArgument(SOURCE) + offset
  const output = pointerArgument(OUTPUT) + offset
  const kept = floatArgument(KEPT)
  const taken: f32 = <f32>1 - kept
  const end = (<usize>values) << 2
  const vectorEnd = end & ~15
  let at: usize = 0
  for (; at < vectorEnd; at += 16) {
    const share = f32x4.mul(v128.load(source + at), f32x4.splat(taken))
    v128.store(output + at, multiplyAdd(v128.load(input + at), f32x4.splat(kept), share))
  }
  for (; at < end; at += 4) store<f32>(output + at, load<f32>(input + at) * kept + load<f32>(source + at) * taken)
}

/** m = β₁m + (1 − β₁)g, v = β₂v + (1 − β₂)g², parameter −= rate · m / (√v + ε); targets may be the sources. */
export function adam(task: i32): void {
  const start = task * CHUNK
  const values = min(CHUNK, argument(LENGTH) - start)
  const offset = (<usize>start) << 2
  const parameter = pointerArgument(PARAMETER) + offset
  const gradient = pointerArgument(GRADIENT) + offset
  const first = pointerArgument(FIRST) + offset
  const second = pointerArgument(SECOND) + offset
  const newParameter = pointerArgument(NEW_PARAMETER) + offset
  const newFirst = pointerArgument(NEW_FIRST) + offset
  const newSecond = pointerArgument(NEW_SECOND) + offset
  const rate = f32x4.splat(floatArgument(RATE))
  const keepFirst = f32x4.splat(floatArgument(KEEP_FIRST))
  const keepSecond = f32x4.splat(floatArgument(KEEP_SECOND))
  const addFirst = f32x4.splat(1 - floatArgument(KEEP_FIRST))
  const addSecond = f32x4.splat(1 - floatArgument(KEEP_SECOND))
  const epsilon = f32x4.splat(floatArgument(EPSILON))
  const end = (<usize>values) << 2
  for (let at: usize = 0; at < end; at += 16) {
    // The last vector may be short: one value at a time then, through lane 0.
    const whole = at + 16 <= end
    for (let lane: usize = 0; lane < 16; lane += whole ? 16 : 4) {
      const i = at + lane
      if (i >= end) break
      const g = whole ? v128.load(gradient + i) : v128.load32_zero(gradient + i)
      const m = whole ? v128.load(first + i) : v128.load32_zero(first + i)
      const v = whole ? v128.load(second + i) : v128.load32_zero(second + i)
      const p = whole ? v128.load(parameter + i) : v128.load32_zero(parameter + i)
      const nextM = multiplyAdd(m, keepFirst, f32x4.mul(g, addFirst))
      const nextV = multiplyAdd(v, keepSecond, f32x4.mul(f32x4.mul(g, g), addSecond))
      const change = f32x4.div(f32x4.mul(nextM, rate), f32x4.add(f32x4.sqrt(nextV), epsilon))
      const nextP = f32x4.sub(p, change)
      if (whole) {
        v128.store(newFirst + i, nextM)
        v128.store(newSecond + i, nextV)
        v128.store(newParameter + i, nextP)
      } else {
        v128.store32_lane(newFirst + i, nextM, 0)
        v128.store32_lane(newSecond + i, nextV, 0)
        v128.store32_lane(newParameter + i, nextP, 0)
      }
    }
  }
}
