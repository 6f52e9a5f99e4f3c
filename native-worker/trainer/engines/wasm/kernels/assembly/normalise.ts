import { argument, floatArgument, pointerArgument } from './job'
import { multiplyAdd } from './vector'

/*
 * Batch normalisation over rows of [rows, channels]. Sums run over groups of rows of fixed length, then over the groups in
 * order: the same bits with any number of threads, and short sums that lose little.
 *
 * Arguments: rows · channels · rows in a group · input · output gradient · mean · inverse deviation or gain · shift or sum of
 * gradients · sum of gradient × normalised · output · partial sums (two vectors a group) · kind of sums · groups · divisor (f32)
 */
const ROWS = 0
const CHANNELS = 1
const GROUP_ROWS = 2
const INPUT = 3
const GRADIENT = 4
const MEAN = 5
const GAIN = 6
const SHIFT = 7
const SCALE_SUM = 8
const OUTPUT = 9
const PARTIAL = 10
const KIND = 11
const GROUPS = 12
const DIVISOR = 13

const VALUES: i32 = 0
const SQUARES: i32 = 1

/** One group: Σ x, Σ (x − mean)², or Σ dy and Σ dy·(x − mean)·inverse deviation. */
export function normaliseSums(group: i32): void {
  const channels = argument(CHANNELS)
  const rowBytes = (<usize>channels) << 2
  const start = group * argument(GROUP_ROWS)
  const rows = min(argument(GROUP_ROWS), argument(ROWS) - start)
  const kind = argument(KIND)
  const partial = pointerArgument(PARTIAL) + <usize>group * (rowBytes << 1)
  memory.fill(partial, 0, rowBytes << 1)
  const mean = pointerArgument(MEAN)
  const gain = pointerArgument(GAIN)
  for (let row = 0; row < rows; row++) {
    const offset = <usize>(start + row) * rowBytes
    const input = pointerArgument(INPUT) + offset
    const gradient = pointerArgument(GRADIENT) + offset
    const vectorEnd = rowBytes & ~15
    let at: usize = 0
    for (; at < vectorEnd; at += 16) {
      const sum = v128.load(partial + at)
      const x = v128.load(input + at)
      if (kind == VALUES) v128.store(partial + at, f32x4.add(sum, x))
      else {
        const centred = f32x4.sub(x, v128.load(mean + at))
        if (kind == SQUARES) v128.store(partial + at, multiplyAdd(centred, centred, sum))
        else {
          const dy = v128.load(gradient + at)
          v128.store(partial + at, f32x4.add(sum, dy))
          const second = partial + rowBytes + at
          v128.store(second, multiplyAdd(f32x4.mul(centred, v128.load(gain + at)), dy, v128.load(second)))
        }
      }
    }
    for (; at < rowBytes; at += 4) {
      const sum = load<f32>(partial + at)
      const x = load<f32>(input + at)
      if (kind == VALUES) store<f32>(partial + at, sum + x)
      else {
        const centred = x - load<f32>(mean + at)
        if (kind == SQUARES) store<f32>(partial + at, sum + centred * centred)
        else {
          const dy = load<f32>(gradient + at)
          store<f32>(partial + at, sum + dy)
          const second = partial + rowBytes + at
          store<f32>(second, load<f32>(second) + centred * load<f32>(gain + at) * dy)
        }
      }
    }
  }
}

/** Adds the groups in double precision: task 0 the first vectors into `OUTPUT`, task 1 the second into `SCALE_SUM`. */
export function foldSums(task: i32): void {
  const channels = argument(CHANNELS)
  const groups = argument(GROUPS)
  const rowBytes = (<usize>channels) << 2
  const target = pointerArgument(task == 0 ? OUTPUT : SCALE_SUM)
  const source = pointerArgument(PARTIAL) + (task == 0 ? 0 : rowBytes)
  const divisor = <f64>floatArgument(DIVISOR)
  for (let at: usize = 0; at < rowBytes; at += 4) {
    let sum: f64 = 0
    for (let group = 0; group < groups; group++) sum += <f64>load<f32>(source + at + <usize>group * (rowBytes << 1))
    store<f32>(target + at, <f32>(sum / divisor))
  }
}

/** output = (x − mean) · gain + shift, one group of rows. */
export function normaliseApply(group: i32): void {
  const rowBytes = (<usize>argument(CHANNELS)) << 2
  const start = group * argument(GROUP_ROWS)
  const rows = min(argument(GROUP_ROWS), argument(ROWS) - start)
  const mean = pointerArgument(MEAN)
  const gain = pointerArgument(GAIN)
  const shift = pointerArgument(SHIFT)
  for (let row = 0; row < rows; row++) {
    const offset = <usize>(start + row) * rowBytes
    const input = pointerArgument(INPUT) + offset
    const output = pointerArgument(OUTPUT) + offset
    const vectorEnd = rowBytes & ~15
    let at: usize = 0
    for (; at < vectorEnd; at += 16) {
      const centred = f32x4.sub(v128.load(input + at), v128.load(mean + at))
      v128.store(output + at, multiplyAdd(centred, v128.load(gain + at), v128.load(shift + at)))
    }
    for (; at < rowBytes; at += 4) {
      store<f32>(
        output + at,
        (load<f32>(input + at) - load<f32>(mean + at)) * load<f32>(gain + at) + load<f32>(shift + at),
      )
    }
  }
}

/**
 * dx = dy · a − (x − mean) · b − c, with a = scale·inverse deviation, and b, c from the sums: three vectors at `GAIN`,
 * `SCALE_SUM` and `SHIFT`.
 */
export function normaliseGradientApply(group: i32): void {
  const rowBytes = (<usize>argument(CHANNELS)) << 2
  const start = group * argument(GROUP_ROWS)
  const rows = min(argument(GROUP_ROWS), argument(ROWS) - start)
  const mean = pointerArgument(MEAN)
  const gain = pointerArgument(GAIN)
  const slope = pointerArgument(SCALE_SUM)
  const shift = pointerArgument(SHIFT)
  for (let row = 0; row < rows; row++) {
    const offset = <usize>(start + row) * rowBytes
    const input = pointerArgument(INPUT) + offset
    const gradient = pointerArgument(GRADIENT) + offset
    const output = pointerArgument(OUTPUT) + offset
    const vectorEnd = rowBytes & ~15
    let at: usize = 0
    for (; at < vectorEnd; at += 16) {
      const centred = f32x4.sub(v128.load(input + at), v128.load(mean + at))
      const constant = multiplyAdd(centred, v128.load(slope + at), v128.load(shift + at))
      v128.store(output + at, f32x4.sub(f32x4.mul(v128.load(gradient + at), v128.load(gain + at)), constant))
    }
    for (; at < rowBytes; at += 4) {
      const constant = (load<f32>(input + at) - load<f32>(mean + at)) * load<f32>(slope + at) + load<f32>(shift + at)
      store<f32>(output + at, load<f32>(gradient + at) * load<f32>(gain + at) - constant)
    }
  }
}
