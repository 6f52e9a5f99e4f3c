import { argument, ownScratch, pointerArgument } from './job'
import { TILE_COLUMNS, TILE_ROWS } from './micro-kernel'
import { multiplyAdd } from './vector'

/*
 * Gradients at images of few channels, which are also transposed convolutions to them: what each pixel of the output gradient gives its
 * whole window is one product, and is added where the window lies. A task is an image.
 *
 * Arguments: output gradients · filter [kernel height, kernel width, channels, depth] · images · image: height, width, channels ·
 * kernel: height, width · grid: height, width · depth · stride: down, across · zeros: above, to the left
 */
const GRADIENTS = 0
const FILTER = 1
const IMAGES = 2
const HEIGHT = 3
const WIDTH = 4
const CHANNELS = 5
const KERNEL_HEIGHT = 6
const KERNEL_WIDTH = 7
const GRID_HEIGHT = 8
const GRID_WIDTH = 9
const DEPTH = 10
const STRIDE_Y = 11
const STRIDE_X = 12
const TOP = 13
const LEFT = 14

/** The scratch memory: windows of six pixels, then the filter in panels of eight columns. */
const PANELS: usize = 2048

export function narrowInputGradient(image: i32): void {
  const depth = argument(DEPTH)
  const gridWidth = argument(GRID_WIDTH)
  const pixels = argument(GRID_HEIGHT) * gridWidth
  const values = argument(KERNEL_HEIGHT) * argument(KERNEL_WIDTH) * argument(CHANNELS)
  const length = (<usize>(argument(HEIGHT) * argument(WIDTH) * argument(CHANNELS))) << 2
  const target = pointerArgument(IMAGES) + <usize>image * length
  const depthBytes = (<usize>depth) << 2
  const gradients = pointerArgument(GRADIENTS) + <usize>(image * pixels) * depthBytes
  const windows = ownScratch()
  const panels = windows + PANELS
  const windowBytes = (<usize>((values + TILE_COLUMNS - 1) / TILE_COLUMNS)) << 5
  packPanels(values, depth, panels)
  memory.fill(target, 0, length)
  let y = -argument(TOP)
  let x = -argument(LEFT)
  let column = 0
  for (let pixel = 0; pixel < pixels; pixel += TILE_ROWS) {
    const rows = min(TILE_ROWS, pixels - pixel)
    const from = gradients + <usize>pixel * depthBytes
    for (let at: usize = 0; at < windowBytes; at += 32)
      multiplyRows(from, rows, depthBytes, panels + at * <usize>depth, windows + at, windowBytes)
    for (let row = 0; row < rows; row++) {
      addWindow(windows + <usize>row * windowBytes, y, x, target)
      x += argument(STRIDE_X)
      if (++column == gridWidth) {
        column = 0
        x = -argument(LEFT)
        y += argument(STRIDE_Y)
      }
    }
  }
}

/** panels[column / 8][k][8] from the filter's [columns, depth], missing columns zero. */
function packPanels(columns: i32, depth: i32, panels: usize): void {
  for (let first = 0; first < columns; first += TILE_COLUMNS) {
    for (let k = 0; k < depth; k++) {
      for (let column = first; column < first + TILE_COLUMNS; column++, panels += 4) {
        const at = pointerArgument(FILTER) + ((<usize>(column * depth + k)) << 2)
        store<f32>(panels, column < columns ? load<f32>(at) : 0)
      }
    }
  }
}

/** The part of a window that lies inside the image. */
function addWindow(window: usize, y: i32, x: i32, image: usize): void {
  const kernelWidth = argument(KERNEL_WIDTH)
  const kernelHeight = argument(KERNEL_HEIGHT)
  const width = argument(WIDTH)
  const pixelBytes = (<usize>argument(CHANNELS)) << 2
  const first = max(0, -x)
  const last = min(kernelWidth, width - x)
  if (first >= last) return
  const end = <usize>(last - first) * pixelBytes
  const vectorEnd = end & ~15
  const lastLine = min(kernelHeight, argument(HEIGHT) - y)
  for (let line = max(0, -y); line < lastLine; line++) {
    const from = window + <usize>(line * kernelWidth + first) * pixelBytes
    const to = image + <usize>((y + line) * width + x + first) * pixelBytes
    let at: usize = 0
    for (; at < vectorEnd; at += 16) v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)))
    for (; at < end; at += 4) store<f32>(to + at, load<f32>(to + at) + load<f32>(from + at))
  }
}

/** Six rows of gradients · a panel of eight columns; rows that are missing are the first again. */
function multiplyRows(from: usize, rows: i32, rowBytes: usize, right: usize, target: usize, targetBytes: usize): void {
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
