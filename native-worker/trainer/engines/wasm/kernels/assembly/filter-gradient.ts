import { argument, ownScratch, pointerArgument } from './job'
import { storeTile, TILE_COLUMNS, TILE_ROWS } from './micro-kernel'
import { multiplyAdd } from './vector'

/*
 * Filter gradients whose threads share the images instead of the filter: a task goes through its images once and adds up a filter of its
 * own. Columns are a multiple of eight.
 *
 * Arguments: images · output gradients · parts [tasks, rows, columns] · batch · tasks · image: height, width, channels · kernel:
 * height, width · grid: height, width · columns · stride: down, across · zeros: above, to the left · framed image: height, width
 */
const IMAGES = 0
const GRADIENTS = 1
const PARTS = 2
const BATCH = 3
const TASKS = 4
const HEIGHT = 5
const WIDTH = 6
const CHANNELS = 7
const KERNEL_HEIGHT = 8
const KERNEL_WIDTH = 9
const GRID_HEIGHT = 10
const GRID_WIDTH = 11
const COLUMNS = 12
const STRIDE_Y = 13
const STRIDE_X = 14
const TOP = 15
const LEFT = 16
const FRAMED_HEIGHT = 17
const FRAMED_WIDTH = 18

/** Shorter lines of a window are gathered into one: a tile would end at each of them. */
const SHORT_LINE: i32 = 24
/** Pixels whose gradients stay in the nearest cache while all rows of the filter pass. */
const PIXELS: i32 = 64
/** The scratch memory: one tile, the windows of a block, the framed image. */
const GATHERED: usize = 256

export function filterGradient(task: i32): void {
  const batch = argument(BATCH)
  const tasks = argument(TASKS)
  const rows = argument(KERNEL_HEIGHT) * argument(KERNEL_WIDTH) * argument(CHANNELS)
  const columns = argument(COLUMNS)
  const part = pointerArgument(PARTS) + ((<usize>task * <usize>rows * <usize>columns) << 2)
  memory.fill(part, 0, (<usize>rows * <usize>columns) << 2)
  const imageBytes = (<usize>(argument(HEIGHT) * argument(WIDTH) * argument(CHANNELS))) << 2
  const gradientBytes = (<usize>(argument(GRID_HEIGHT) * argument(GRID_WIDTH) * columns)) << 2
  const end = (batch * (task + 1)) / tasks
  for (let image = (batch * task) / tasks; image < end; image++)
    addImage(
      pointerArgument(IMAGES) + <usize>image * imageBytes,
      pointerArgument(GRADIENTS) + <usize>image * gradientBytes,
      part,
    )
}

function addImage(image: usize, gradients: usize, part: usize): void {
  const channels = argument(CHANNELS)
  const columns = argument(COLUMNS)
  const gridWidth = argument(GRID_WIDTH)
  const gridHeight = argument(GRID_HEIGHT)
  const taps = argument(KERNEL_WIDTH) * channels
  const rows = argument(KERNEL_HEIGHT) * taps
  const isGathered = taps < SHORT_LINE
  const line = isGathered ? rows : taps
  const blockLines = max(1, PIXELS / gridWidth)
  const gathered = ownScratch() + GATHERED
  const windows = isGathered ? (<usize>(blockLines * gridWidth * rows)) << 2 : 0
  const inside = frame(image, gathered + windows)
  const lineBytes = (<usize>(argument(FRAMED_WIDTH) * channels)) << 2
  const columnBytes = (<usize>columns) << 2
  const pitch = (<usize>(isGathered ? rows : argument(STRIDE_X) * channels)) << 2
  const linePitch = isGathered ? <usize>gridWidth * pitch : <usize>argument(STRIDE_Y) * lineBytes
  for (let y = 0; y < gridHeight; y += blockLines) {
    const lines = min(blockLines, gridHeight - y)
    const corner = inside + <usize>(y * argument(STRIDE_Y)) * lineBytes
    if (isGathered) gather(corner, lines, lineBytes, gathered)
    const start = isGathered ? gathered : corner
    const block = gradients + <usize>(y * gridWidth) * columnBytes
    for (let column = 0; column < columns; column += TILE_COLUMNS) {
      for (let row = 0; row < rows;) {
        // A tile ends where its line does, and begins earlier rather than read beyond it.
        const lineEnd = (row / line + 1) * line
        const first = min(row, lineEnd - TILE_ROWS)
        const end = min(first + TILE_ROWS, lineEnd)
        const from = start + <usize>(first / line) * lineBytes + ((<usize>(first % line)) << 2)
        multiplyPixels(from, pitch, linePitch, lines, gridWidth, block + ((<usize>column) << 2), columnBytes)
        let tile = ownScratch() + ((<usize>(row - first)) << 5)
        let to = part + <usize>row * columnBytes + ((<usize>column) << 2)
        for (; row < end; row++, tile += 32, to += columnBytes) {
          v128.store(to, f32x4.add(v128.load(to), v128.load(tile)))
          v128.store(to, f32x4.add(v128.load(to, 16), v128.load(tile, 16)), 16)
        }
      }
    }
  }
}

/** The image with its zeros around it, so that every window lies inside. */
function frame(image: usize, target: usize): usize {
  const height = argument(HEIGHT)
  const pixelBytes = (<usize>argument(CHANNELS)) << 2
  const from = <usize>argument(WIDTH) * pixelBytes
  const to = <usize>argument(FRAMED_WIDTH) * pixelBytes
  if (argument(FRAMED_HEIGHT) == height && to == from) return image
  memory.fill(target, 0, <usize>argument(FRAMED_HEIGHT) * to)
  const first = target + <usize>argument(TOP) * to + <usize>argument(LEFT) * pixelBytes
  for (let y = 0; y < height; y++) memory.copy(first + <usize>y * to, image + <usize>y * from, from)
  return target
}

/** The windows of some lines of pixels, one after the other. */
function gather(corner: usize, lines: i32, lineBytes: usize, target: usize): void {
  const run = (<usize>(argument(KERNEL_WIDTH) * argument(CHANNELS))) << 2
  const vectorEnd = run & ~15
  const kernelHeight = argument(KERNEL_HEIGHT)
  const gridWidth = argument(GRID_WIDTH)
  const across = (<usize>(argument(STRIDE_X) * argument(CHANNELS))) << 2
  const down = <usize>argument(STRIDE_Y) * lineBytes
  for (let y = 0; y < lines; y++) {
    let window = corner + <usize>y * down
    for (let x = 0; x < gridWidth; x++, window += across) {
      let from = window
      for (let tap = 0; tap < kernelHeight; tap++, from += lineBytes, target += run) {
        let at: usize = 0
        for (; at < vectorEnd; at += 16) v128.store(target + at, v128.load(from + at))
        for (; at < run; at += 4) store<f32>(target + at, load<f32>(from + at))
      }
    }
  }
}

/** The scratch memory's tile[6, 8] = Σ over pixels of six values of their windows · their gradients. */
function multiplyPixels(
  from: usize,
  pitch: usize,
  linePitch: usize,
  lines: i32,
  perLine: i32,
  right: usize,
  rightPitch: usize,
): void {
  const tile = ownScratch()
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
  for (let line = 0; line < lines; line++, from += linePitch) {
    const end = right + <usize>perLine * rightPitch
    let left = from
    while (right < end) {
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
      left += pitch
      right += rightPitch
    }
  }
  storeTile(tile, c00, c01, c10, c11, c20, c21, c30, c31, c40, c41, c50, c51)
}
