import type { ConvolutionShape } from './convolution.ts'
import { kernelNumbers } from './kernel-numbers.ts'
import type { KernelContext } from './tensor-memory.ts'

/*
 * Gradients of a convolution whose threads share the images: see assembly/filter-gradient.ts and narrow-input-gradient.ts. Each gives
 * false where another way is faster.
 */

/** Addresses of the values. */
interface Places {
  readonly input: number
  readonly filter: number
  readonly output: number
}

/** Floats of a thread's scratch memory that are free for windows and a framed image. */
const scratchFloats = 96 * 1024 - 4096
const tileColumns = 8
/** As assembly/filter-gradient.ts has them. */
const shortLine = 24
const pixelBlock = 64
/** With more columns, packing what is multiplied pays; with more floats, parts leave the second cache. */
const most = { columns: 64, parts: 16, partFloats: 163_840 } as const
const fewestPixels = 64
/** Of an image whose gradient is added window by window; the windows of six pixels have room for no more. */
const narrow = { channels: 4, windowValues: 64 } as const

export function filterGradientByImages(context: KernelContext, shape: ConvolutionShape, at: Places): boolean {
  const { pool } = context
  const { input, filter, output, stride, padding, dilation } = shape
  const [batch, height, width, channels] = input
  const [kernelHeight, kernelWidth, , columns] = filter
  const [, gridHeight, gridWidth] = output
  const taps = kernelWidth * channels
  const rows = kernelHeight * taps
  const framed = [
    Math.max(height + padding[0], (gridHeight - 1) * stride[0] + kernelHeight),
    Math.max(width + padding[1], (gridWidth - 1) * stride[1] + kernelWidth),
  ] as const
  const isFramed = framed[0] !== height || framed[1] !== width
  const gathered = taps < shortLine ? Math.max(pixelBlock, gridWidth) * rows : 0
  const fits =
    dilation[0] * dilation[1] === 1 &&
    batch > 1 &&
    columns <= most.columns &&
    columns % tileColumns === 0 &&
    rows >= 6 &&
    gridHeight * gridWidth >= fewestPixels &&
    rows * columns <= most.partFloats / 2 &&
    gathered + (isFramed ? framed[0] * framed[1] * channels : 0) <= scratchFloats
  if (!fits) return false
  const parts = Math.min(most.parts, batch, Math.floor(most.partFloats / (rows * columns)))
  const partial = context.allocate(parts * rows * columns * 4)
  pool.words.set([at.input, at.output, partial, batch, parts, height, width, channels, kernelHeight, kernelWidth])
  pool.words.set([gridHeight, gridWidth, columns, ...stride, ...padding, ...framed], 10)
  pool.run(kernelNumbers.filterGradient, parts)
  pool.words.set([1, parts, rows * columns, partial, at.filter, 1])
  pool.floats[6] = 1
  pool.run(kernelNumbers.reduceMiddle, 1, { alone: true })
  context.free(partial)
  return true
}

export function narrowInputGradient(context: KernelContext, shape: ConvolutionShape, at: Places): boolean {
  const { pool } = context
  const { input, filter, output, stride, padding, dilation } = shape
  const [batch, height, width, channels] = input
  const [kernelHeight, kernelWidth, , depth] = filter
  const windowValues = kernelHeight * kernelWidth * channels
  const fits =
    dilation[0] * dilation[1] === 1 &&
    batch > 1 &&
    channels <= narrow.channels &&
    windowValues <= narrow.windowValues &&
    depth * narrow.windowValues <= scratchFloats
  if (!fits) return false
  pool.words.set([at.output, at.filter, at.input, height, width, channels, kernelHeight, kernelWidth])
  pool.words.set([output[1], output[2], depth, ...stride, ...padding], 8)
  pool.run(kernelNumbers.narrowInputGradient, batch)
  return true
}
