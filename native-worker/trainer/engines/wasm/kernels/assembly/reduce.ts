import { argument, argumentOf, floatArgument, pointerArgument, pointerOf } from './job'

const OUTER = 0
const REDUCED = 1
const INNER = 2
const INPUT = 3
const OUTPUT = 4
const OUTER_EACH = 5
const SCALE = 6

/** Values summed in single precision before they join a sum in double precision. */
const BLOCK: i32 = 256

/** output[outer, inner] = scale · Σ input[outer, reduced, inner]; each task some of the outer ones. */
export function reduceMiddle(task: i32): void {
  const reduced = argument(REDUCED)
  const inner = argument(INNER)
  const each = argument(OUTER_EACH)
  const end = min(argument(OUTER), (task + 1) * each)
  const scale = floatArgument(SCALE)
  const scales = f32x4.splat(scale)
  const innerBytes = (<usize>inner) << 2
  const vectorEnd = innerBytes & ~15
  for (let outer = task * each; outer < end; outer++) {
    const input = pointerArgument(INPUT) + <usize>outer * <usize>reduced * innerBytes
    const output = pointerArgument(OUTPUT) + <usize>outer * innerBytes
    if (inner == 1) {
      store<f32>(output, <f32>(sumRun(input, reduced) * <f64>scale))
      continue
    }
    let at: usize = 0
    for (; at < vectorEnd; at += 16) {
      let sum = v128.load(input + at)
      let from = input + at + innerBytes
      for (let term = 1; term < reduced; term++, from += innerBytes) sum = f32x4.add(sum, v128.load(from))
      v128.store(output + at, f32x4.mul(sum, scales))
    }
    for (; at < innerBytes; at += 4) {
      let sum: f32 = 0
      let from = input + at
      for (let term = 0; term < reduced; term++, from += innerBytes) sum += load<f32>(from)
      store<f32>(output + at, sum * scale)
    }
  }
}

function sumRun(input: usize, length: i32): f64 {
  let total: f64 = 0
  let at = 0
  for (; at + 4 <= length;) {
    const end = min(length & ~3, at + BLOCK)
    let sum = f32x4.splat(0)
    for (; at < end; at += 4, input += 16) sum = f32x4.add(sum, v128.load(input))
    total += <f64>f32x4.extract_lane(sum, 0) + <f64>f32x4.extract_lane(sum, 1)
    total += <f64>f32x4.extract_lane(sum, 2) + <f64>f32x4.extract_lane(sum, 3)
  }
  for (; at < length; at++, input += 4) total += <f64>load<f32>(input)
  return total
}

const ROWS = 0
const ROW_VALUES = 1
const SOURCE = 2
const SOURCE_STRIDE = 3
const TARGET = 4
const TARGET_STRIDE = 5
const ROWS_EACH = 6
const TASKS_EACH = 7

/** Copies rows between two strides, in values: concatenation, splitting and slicing along any axis. */
export function copyRows(task: i32): void {
  const tasks = argumentOf(0, TASKS_EACH)
  const piece = task / tasks
  const each = argumentOf(piece, ROWS_EACH)
  const start = (task % tasks) * each
  const end = min(argumentOf(piece, ROWS), start + each)
  const bytes = (<usize>argumentOf(piece, ROW_VALUES)) << 2
  const sourceStride = (<usize>argumentOf(piece, SOURCE_STRIDE)) << 2
  const targetStride = (<usize>argumentOf(piece, TARGET_STRIDE)) << 2
  let source = pointerOf(piece, SOURCE) + <usize>start * sourceStride
  let target = pointerOf(piece, TARGET) + <usize>start * targetStride
  for (let row = start; row < end; row++) {
    if (bytes >= 2048) memory.copy(target, source, bytes)
    else {
      const vectorEnd = bytes & ~15
      let at: usize = 0
      for (; at < vectorEnd; at += 16) v128.store(target + at, v128.load(source + at))
      for (; at < bytes; at += 4) store<f32>(target + at, load<f32>(source + at))
    }
    source += sourceStride
    target += targetStride
  }
}
