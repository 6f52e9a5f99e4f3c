import { argument, ownScratch, pointerArgument } from './job'
import { TILE_COLUMNS, TILE_ROWS } from './micro-kernel'
import { multiplyRows } from './row-product'

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
