import { argument, floatArgument, pointerArgument } from './job'

/*
 * A border of one pixel around maps [batch, height, width, channels], and on the way a slope where the gate is not positive. A task
 * is an image.
 *
 * Arguments: values · gate or 0 · result · height · width · channels · 1 where the border repeats what it lies beside · slope (f32)
 */
const VALUES = 0
const GATE = 1
const RESULT = 2
const HEIGHT = 3
const WIDTH = 4
const CHANNELS = 5
const REPEATS = 6
const SLOPE = 7

export function frame(image: i32): void {
  const height = argument(HEIGHT)
  const pixelBytes = (<usize>argument(CHANNELS)) << 2
  const lineBytes = <usize>argument(WIDTH) * pixelBytes
  const framedBytes = lineBytes + (pixelBytes << 1)
  const repeats = argument(REPEATS) != 0
  const start = <usize>image * <usize>height * lineBytes
  const gate = pointerArgument(GATE)
  const first = pointerArgument(RESULT) + <usize>image * <usize>(height + 2) * framedBytes
  for (let y = 0; y < height; y++) {
    const offset = start + <usize>y * lineBytes
    const row = first + <usize>(y + 1) * framedBytes
    const inner = row + pixelBytes
    if (gate == 0) memory.copy(inner, pointerArgument(VALUES) + offset, lineBytes)
    else multiplyByGate(pointerArgument(VALUES) + offset, gate + offset, lineBytes, inner)
    if (repeats) {
      memory.copy(row, inner, pixelBytes)
      memory.copy(inner + lineBytes, inner + lineBytes - pixelBytes, pixelBytes)
    } else {
      memory.fill(row, 0, pixelBytes)
      memory.fill(inner + lineBytes, 0, pixelBytes)
    }
  }
  const last = first + <usize>(height + 1) * framedBytes
  if (repeats) {
    memory.copy(first, first + framedBytes, framedBytes)
    memory.copy(last, last - framedBytes, framedBytes)
  } else {
    memory.fill(first, 0, framedBytes)
    memory.fill(last, 0, framedBytes)
  }
}

/** Frame's transpose: what reached the border reaches those that it repeats. Height and width are the result's. */
export function unframe(image: i32): void {
  const height = argument(HEIGHT)
  const pixelBytes = (<usize>argument(CHANNELS)) << 2
  const lineBytes = <usize>argument(WIDTH) * pixelBytes
  const framedBytes = lineBytes + (pixelBytes << 1)
  const repeats = argument(REPEATS) != 0
  const start = <usize>image * <usize>height * lineBytes
  const gate = pointerArgument(GATE)
  const source = pointerArgument(VALUES) + <usize>image * <usize>(height + 2) * framedBytes
  for (let y = 0; y < height; y++) {
    const offset = start + <usize>y * lineBytes
    const target = pointerArgument(RESULT) + offset
    const row = source + <usize>(y + 1) * framedBytes
    memory.copy(target, row + pixelBytes, lineBytes)
    if (repeats) {
      addEnds(row, pixelBytes, lineBytes, target)
      if (y == 0) addRow(source, pixelBytes, lineBytes, target)
      if (y == height - 1) addRow(row + framedBytes, pixelBytes, lineBytes, target)
    }
    if (gate != 0) multiplyByGate(target, gate + offset, lineBytes, target)
  }
}

function addRow(row: usize, pixelBytes: usize, lineBytes: usize, target: usize): void {
  add(row + pixelBytes, lineBytes, target)
  addEnds(row, pixelBytes, lineBytes, target)
}

function addEnds(row: usize, pixelBytes: usize, lineBytes: usize, target: usize): void {
  add(row, pixelBytes, target)
  add(row + pixelBytes + lineBytes, pixelBytes, target + lineBytes - pixelBytes)
}

function add(from: usize, bytes: usize, target: usize): void {
  const vectorEnd = bytes & ~15
  let at: usize = 0
  for (; at < vectorEnd; at += 16) v128.store(target + at, f32x4.add(v128.load(target + at), v128.load(from + at)))
  for (; at < bytes; at += 4) store<f32>(target + at, load<f32>(target + at) + load<f32>(from + at))
}

/** target = values where the gate is positive, slope · values elsewhere. */
function multiplyByGate(values: usize, gate: usize, bytes: usize, target: usize): void {
  const slope = floatArgument(SLOPE)
  const slopes = f32x4.splat(slope)
  const zero = f32x4.splat(0)
  const vectorEnd = bytes & ~15
  let at: usize = 0
  for (; at < vectorEnd; at += 16) {
    const x = v128.load(values + at)
    v128.store(target + at, v128.bitselect(x, f32x4.mul(x, slopes), f32x4.gt(v128.load(gate + at), zero)))
  }
  for (; at < bytes; at += 4) {
    const x = load<f32>(values + at)
    store<f32>(target + at, load<f32>(gate + at) > 0 ? x : x * slope)
  }
}
