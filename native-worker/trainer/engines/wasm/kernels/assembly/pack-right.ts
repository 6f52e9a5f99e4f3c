import { argument, pointerArgument } from './job'
import { TILE_COLUMNS } from './micro-kernel'

/*
 * The right operand into panels of eight columns: target[panel][k][8]. Term k = (tap i, tap j, channel), so that a part of a
 * filter (every second tap, say) can be one operand: value at source + i·tapStrideY + j·tapStrideX + channel·channelStride +
 * n·columnStride, where channelStride or columnStride is 1.
 */
const TERMS = 0
const COLUMNS = 1
const SOURCE = 2
const CHANNELS = 3
const TAPS_ACROSS = 4
const TAP_STRIDE_Y = 5
const TAP_STRIDE_X = 6
const CHANNEL_STRIDE = 7
const COLUMN_STRIDE = 8
const TARGET = 9
const PANELS_EACH = 10

export function packRightPanels(task: i32): void {
  const columns = argument(COLUMNS)
  const each = argument(PANELS_EACH) * TILE_COLUMNS
  const end = min(columns, (task + 1) * each)
  for (let column = task * each; column < end; column += TILE_COLUMNS)
    packPanel(column, min(TILE_COLUMNS, columns - column))
}

function packPanel(column: i32, width: i32): void {
  const terms = argument(TERMS)
  const channels = argument(CHANNELS)
  const tapsAcross = argument(TAPS_ACROSS)
  const channelStride = argument(CHANNEL_STRIDE)
  const columnStride = argument(COLUMN_STRIDE)
  const source = pointerArgument(SOURCE) + ((<usize>(column * columnStride)) << 2)
  let target = pointerArgument(TARGET) + ((<usize>column * <usize>terms) << 2)
  let tap = 0
  for (let k = 0; k < terms; k += channels) {
    const offset = (tap / tapsAcross) * argument(TAP_STRIDE_Y) + (tap % tapsAcross) * argument(TAP_STRIDE_X)
    const from = source + ((<usize>offset) << 2)
    if (width == TILE_COLUMNS && columnStride == 1) copyRows(from, channels, (<usize>channelStride) << 2, target)
    else if (width == TILE_COLUMNS && channelStride == 1)
      transposeRows(from, channels, (<usize>columnStride) << 2, target)
    else copyPart(from, channels, (<usize>channelStride) << 2, (<usize>columnStride) << 2, width, target)
    target += (<usize>channels) << 5
    tap++
  }
}

function copyRows(from: usize, channels: i32, strideBytes: usize, target: usize): void {
  for (let channel = 0; channel < channels; channel++) {
    v128.store(target, v128.load(from))
    v128.store(target, v128.load(from, 16), 16)
    from += strideBytes
    target += 32
  }
}

/** Eight columns of contiguous channels, four by four. */
function transposeRows(from: usize, channels: i32, strideBytes: usize, target: usize): void {
  let channel = 0
  for (; channel + 4 <= channels; channel += 4) {
    transposeFour(from, strideBytes, target)
    transposeFour(from + (strideBytes << 2), strideBytes, target + 16)
    from += 16
    target += 128
  }
  for (; channel < channels; channel++) {
    for (let column: usize = 0; column < 8; column++)
      store<f32>(target + (column << 2), load<f32>(from + column * strideBytes))
    from += 4
    target += 32
  }
}

function transposeFour(from: usize, strideBytes: usize, target: usize): void {
  const a = v128.load(from)
  const b = v128.load(from + strideBytes)
  const c = v128.load(from + (strideBytes << 1))
  const d = v128.load(from + strideBytes * 3)
  const abLow = v128.shuffle<f32>(a, b, 0, 4, 1, 5)
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7)
  const cdLow = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
  v128.store(target, v128.shuffle<i64>(abLow, cdLow, 0, 2))
  v128.store(target, v128.shuffle<i64>(abLow, cdLow, 1, 3), 32)
  v128.store(target, v128.shuffle<i64>(abHigh, cdHigh, 0, 2), 64)
  v128.store(target, v128.shuffle<i64>(abHigh, cdHigh, 1, 3), 96)
}

function copyPart(
  from: usize,
  channels: i32,
  channelBytes: usize,
  columnBytes: usize,
  width: i32,
  target: usize,
): void {
  for (let channel = 0; channel < channels; channel++) {
    for (let column = 0; column < TILE_COLUMNS; column++) {
      const value: f32 = column < width ? load<f32>(from + <usize>column * columnBytes) : 0
      store<f32>(target + ((<usize>column) << 2), value)
    }
    from += channelBytes
    target += 32
  }
}
