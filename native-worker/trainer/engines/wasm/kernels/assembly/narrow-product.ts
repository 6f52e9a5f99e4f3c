import { argumentOf, pointerOf } from './job'
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
} from './pack-left'
import { multiplyAdd } from './vector'

/*
 * Products of one or two columns, as images and their gradients are: a tile of eight would be mostly empty, so that vectors run along
 * the channels of a tap instead, read where they lie.
 */

export const NARROW_COLUMNS: i32 = 2
/** What a thread's block of floats has room for. */
export const NARROW_TERMS: i32 = 96 * 256

/** From one panel [terms][8] to the columns one after the other. */
export function spreadColumns(panel: usize, terms: i32, columns: i32, target: usize): void {
  for (let column = 0; column < columns; column++)
    for (let term = 0; term < terms; term++, target += 4)
      store<f32>(target, load<f32>(panel + ((<usize>(term * 8 + column)) << 2)))
}

/** Pixels of the grid from `firstRow` on, all their columns; `outputs` lists where each pixel's go. */
export function multiplyNarrowRows(
  product: i32,
  firstRow: i32,
  rows: i32,
  columns: i32,
  weights: usize,
  outputs: usize,
): void {
  const channels = argumentOf(product, CHANNELS)
  const tapsAcross = argumentOf(product, TAPS_ACROSS)
  const gridWidth = argumentOf(product, GRID_WIDTH)
  const gridHeight = argumentOf(product, GRID_HEIGHT)
  const stepY = argumentOf(product, STEP_Y)
  const stepX = argumentOf(product, STEP_X)
  const strideY = argumentOf(product, STRIDE_Y)
  const strideX = argumentOf(product, STRIDE_X)
  const offsetY = argumentOf(product, OFFSET_Y)
  const offsetX = argumentOf(product, OFFSET_X)
  const height = argumentOf(product, SOURCE_HEIGHT)
  const width = argumentOf(product, SOURCE_WIDTH)
  const imageBytes = pointerOf(product, SOURCE_IMAGE_BYTES)
  const terms = argumentOf(product, TERMS)
  const taps = terms / channels
  const tapBytes = (<usize>channels) << 2
  const vectorEnd = tapBytes & ~15
  const firstLine = firstRow / gridWidth
  let image = pointerOf(product, SOURCE) + <usize>(firstLine / gridHeight) * imageBytes
  let gridY = firstLine % gridHeight
  let gridX = firstRow % gridWidth
  for (let row = 0; row < rows; row++) {
    const top = gridY * strideY + offsetY
    const left = gridX * strideX + offsetX
    const output = <usize>load<u32>(outputs + ((<usize>row) << 2))
    for (let column = 0; column < columns; column++) {
      let sums = f32x4.splat(0)
      let rest: f32 = 0
      let by = weights + ((<usize>(column * terms)) << 2)
      let y = top
      for (let tap = 0; tap < taps; y += stepY) {
        let x = left
        for (let across = 0; across < tapsAcross; across++, tap++, x += stepX, by += tapBytes) {
          if (<u32>y >= <u32>height || <u32>x >= <u32>width) continue
          const from = image + <usize>(y * width + x) * tapBytes
          let at: usize = 0
          for (; at < vectorEnd; at += 16) sums = multiplyAdd(v128.load(from + at), v128.load(by + at), sums)
          for (; at < tapBytes; at += 4) rest += load<f32>(from + at) * load<f32>(by + at)
        }
      }
      const low = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1)
      const high = f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3)
      store<f32>(output + ((<usize>column) << 2), low + high + rest)
    }
    if (++gridX == gridWidth) {
      gridX = 0
      if (++gridY == gridHeight) {
        gridY = 0
        image += imageBytes
      }
    }
  }
}
