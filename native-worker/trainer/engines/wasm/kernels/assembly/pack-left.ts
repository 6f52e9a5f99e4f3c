import { argumentOf, pointerOf } from './job'
import { TILE_ROWS } from './micro-kernel'

/*
 * The left operand of a product, gathered from images [n, height, width, channels]. Grid pixel (n, y, x) and tap (i, j) meet
 * at source pixel (y·strideY + i·stepY + offsetY, x·strideX + j·stepX + offsetX), zero outside. "Rows": m counts pixels,
 * k taps and channels (convolutions, plain products). "Columns": the other way round (filter gradients, transposed products).
 */
export const ROWS = 0
export const TERMS = 2
export const SOURCE = 4
export const CHANNELS = 5
export const TAPS_ACROSS = 6
export const GRID_HEIGHT = 7
export const GRID_WIDTH = 8
export const STRIDE_Y = 9
export const STRIDE_X = 10
export const STEP_Y = 11
export const STEP_X = 12
export const OFFSET_Y = 13
export const OFFSET_X = 14
export const SOURCE_HEIGHT = 15
export const SOURCE_WIDTH = 16
/** At least `DEPTH` zeros. */
export const ZEROS = 27
export const SOURCE_IMAGE_BYTES = 28

const OUTSIDE: i32 = -0x20000000

/** target[panel][k][6] from rows `firstRow`…, terms `firstTerm`…; `table` holds three words for each of six rows. */
export function packRows(
  product: i32,
  firstRow: i32,
  rows: i32,
  firstTerm: i32,
  depth: i32,
  target: usize,
  table: usize,
): void {
  const channels = argumentOf(product, CHANNELS)
  const tapsAcross = argumentOf(product, TAPS_ACROSS)
  const gridHeight = argumentOf(product, GRID_HEIGHT)
  const gridWidth = argumentOf(product, GRID_WIDTH)
  const strideY = argumentOf(product, STRIDE_Y)
  const strideX = argumentOf(product, STRIDE_X)
  const stepY = argumentOf(product, STEP_Y)
  const stepX = argumentOf(product, STEP_X)
  const offsetY = argumentOf(product, OFFSET_Y)
  const offsetX = argumentOf(product, OFFSET_X)
  const height = argumentOf(product, SOURCE_HEIGHT)
  const width = argumentOf(product, SOURCE_WIDTH)
  const source = pointerOf(product, SOURCE)
  const zeros = pointerOf(product, ZEROS)
  const imageBytes = pointerOf(product, SOURCE_IMAGE_BYTES)

  // Counted on from pixel to pixel: divisions would cost as much as the copying.
  const firstLine = firstRow / gridWidth
  let image = source + <usize>(firstLine / gridHeight) * imageBytes
  let gridY = firstLine % gridHeight
  let gridX = firstRow % gridWidth
  for (let panel = 0; panel < rows; panel += TILE_ROWS) {
    // Where no lane leaves its line, neighbouring taps are one run.
    let isWhole = stepX == 1
    for (let lane = 0; lane < TILE_ROWS; lane++) {
      const entry = table + <usize>lane * 12
      if (panel + lane < rows) {
        const x = gridX * strideX + offsetX
        store<u32>(entry, <u32>image)
        store<i32>(entry, gridY * strideY + offsetY, 4)
        store<i32>(entry, x, 8)
        if (x < 0 || x + tapsAcross > width) isWhole = false
        if (++gridX == gridWidth) {
          gridX = 0
          if (++gridY == gridHeight) {
            gridY = 0
            image += imageBytes
          }
        }
      } else {
        store<i32>(entry, OUTSIDE, 4)
      }
    }
    let tap = firstTerm / channels
    let channel = firstTerm % channels
    let left = depth
    while (left > 0) {
      const taps = isWhole ? tapsAcross - (tap % tapsAcross) : 1
      const run = min(taps * channels - channel, left)
      const down = (tap / tapsAcross) * stepY
      const across = (tap % tapsAcross) * stepX
      interleave(
        sourceRun(table, down, across, height, width, channels, channel, zeros),
        sourceRun(table + 12, down, across, height, width, channels, channel, zeros),
        sourceRun(table + 24, down, across, height, width, channels, channel, zeros),
        sourceRun(table + 36, down, across, height, width, channels, channel, zeros),
        sourceRun(table + 48, down, across, height, width, channels, channel, zeros),
        sourceRun(table + 60, down, across, height, width, channels, channel, zeros),
        run,
        target,
      )
      target += <usize>run * 24
      left -= run
      channel = 0
      tap += taps
    }
  }
}

function sourceRun(
  entry: usize,
  down: i32,
  across: i32,
  height: i32,
  width: i32,
  channels: i32,
  channel: i32,
  zeros: usize,
): usize {
  const y = load<i32>(entry, 4) + down
  const x = load<i32>(entry, 8) + across
  const inside = <u32>y < <u32>height && <u32>x < <u32>width
  return inside ? <usize>load<u32>(entry) + ((<usize>((y * width + x) * channels + channel)) << 2) : zeros
}

/** target[k][0…5] = [a[k], …, f[k]] for k < run. */
function interleave(a: usize, b: usize, c: usize, d: usize, e: usize, f: usize, run: i32, target: usize): void {
  let k = 0
  for (; k + 4 <= run; k += 4) {
    const va = v128.load(a)
    const vb = v128.load(b)
    const vc = v128.load(c)
    const vd = v128.load(d)
    const ve = v128.load(e)
    const vf = v128.load(f)
    const abLow = v128.shuffle<f32>(va, vb, 0, 4, 1, 5)
    const abHigh = v128.shuffle<f32>(va, vb, 2, 6, 3, 7)
    const cdLow = v128.shuffle<f32>(vc, vd, 0, 4, 1, 5)
    const cdHigh = v128.shuffle<f32>(vc, vd, 2, 6, 3, 7)
    const efLow = v128.shuffle<f32>(ve, vf, 0, 4, 1, 5)
    const efHigh = v128.shuffle<f32>(ve, vf, 2, 6, 3, 7)
    v128.store(target, v128.shuffle<i64>(abLow, cdLow, 0, 2))
    v128.store64_lane(target, efLow, 0, 16)
    v128.store(target, v128.shuffle<i64>(abLow, cdLow, 1, 3), 24)
    v128.store64_lane(target, efLow, 1, 40)
    v128.store(target, v128.shuffle<i64>(abHigh, cdHigh, 0, 2), 48)
    v128.store64_lane(target, efHigh, 0, 64)
    v128.store(target, v128.shuffle<i64>(abHigh, cdHigh, 1, 3), 72)
    v128.store64_lane(target, efHigh, 1, 88)
    a += 16
    b += 16
    c += 16
    d += 16
    e += 16
    f += 16
    target += 96
  }
  for (; k < run; k++) {
    store<f32>(target, load<f32>(a))
    store<f32>(target, load<f32>(b), 4)
    store<f32>(target, load<f32>(c), 8)
    store<f32>(target, load<f32>(d), 12)
    store<f32>(target, load<f32>(e), 16)
    store<f32>(target, load<f32>(f), 20)
    a += 4
    b += 4
    c += 4
    d += 4
    e += 4
    f += 4
    target += 24
  }
}

/** target[panel][k][6] where m counts taps and channels and k pixels. */
export function packColumns(product: i32, firstRow: i32, rows: i32, firstTerm: i32, depth: i32, target: usize): void {
  const channels = argumentOf(product, CHANNELS)
  const tapsAcross = argumentOf(product, TAPS_ACROSS)
  const gridHeight = argumentOf(product, GRID_HEIGHT)
  const gridWidth = argumentOf(product, GRID_WIDTH)
  const strideY = argumentOf(product, STRIDE_Y)
  const strideX = argumentOf(product, STRIDE_X)
  const stepY = argumentOf(product, STEP_Y)
  const stepX = argumentOf(product, STEP_X)
  const offsetY = argumentOf(product, OFFSET_Y)
  const offsetX = argumentOf(product, OFFSET_X)
  const height = argumentOf(product, SOURCE_HEIGHT)
  const width = argumentOf(product, SOURCE_WIDTH)
  const source = pointerOf(product, SOURCE)
  const zeros = pointerOf(product, ZEROS)
  const imageBytes = pointerOf(product, SOURCE_IMAGE_BYTES)
  const panelBytes = <usize>depth * 24
  const firstTap = firstRow / channels
  const firstChannel = firstRow % channels
  const firstDown = firstTap / tapsAcross
  const firstAcross = firstTap % tapsAcross
  const firstLine = firstTerm / gridWidth
  let image = source + <usize>(firstLine / gridHeight) * imageBytes
  let gridY = firstLine % gridHeight
  let gridX = firstTerm % gridWidth

  for (let k = 0; k < depth; k++) {
    const top = gridY * strideY + offsetY
    const start = gridX * strideX + offsetX
    let panel = target + <usize>k * 24
    let lane: i32 = 0
    let down = firstDown
    let across = firstAcross
    let channel = firstChannel
    let left = rows
    while (left > 0) {
      const y = top + down * stepY
      const x = start + across * stepX
      // Neighbouring taps inside a line are one run.
      const taps = stepX == 1 && x >= 0 && x < width ? min(tapsAcross - across, width - x) : 1
      let run = min(taps * channels - channel, left)
      left -= run
      const inside = <u32>y < <u32>height && <u32>x < <u32>width
      let from = inside ? image + ((<usize>((y * width + x) * channels + channel)) << 2) : zeros
      while (run > 0) {
        if (lane == 0 && run >= TILE_ROWS) {
          v128.store(panel, v128.load(from))
          store<u64>(panel, load<u64>(from, 16), 16)
          from += 24
          run -= TILE_ROWS
          panel += panelBytes
        } else {
          store<f32>(panel + ((<usize>lane) << 2), load<f32>(from))
          from += 4
          run--
          if (++lane == TILE_ROWS) {
            lane = 0
            panel += panelBytes
          }
        }
      }
      channel = 0
      across += taps
      if (across == tapsAcross) {
        across = 0
        down++
      }
    }
    if (++gridX == gridWidth) {
      gridX = 0
      if (++gridY == gridHeight) {
        gridY = 0
        image += imageBytes
      }
    }
    if (lane > 0) for (; lane < TILE_ROWS; lane++) store<f32>(panel + ((<usize>lane) << 2), 0)
  }
}
