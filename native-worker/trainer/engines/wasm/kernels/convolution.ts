import type { Pair, Product, RightOperand } from './product-runner.ts'

export type Shape4D = readonly [number, number, number, number]

/** Shapes of a convolution and how it samples; NHWC, filter [kh, kw, in, out], vectors [down, across]. */
export interface ConvolutionShape {
  readonly input: Shape4D
  readonly filter: Shape4D
  readonly output: Shape4D
  readonly stride: Pair
  readonly dilation: Pair
  /** Zeros above and to the left. */
  readonly padding: Pair
}

/** Addresses of the values. */
interface Places {
  readonly input: number
  readonly filter: number
  readonly output: number
}

const ones: Pair = [1, 1]
const noOffset: Pair = [0, 0]

/** output[n, y, x, o] = Σ input[n, y·s + i·d − p, …, c] · filter[i, j, c, o] */
export function forwardProduct(
  { input, filter, output, stride, dilation, padding }: ConvolutionShape,
  at: Places,
): Product {
  const [kernelHeight, kernelWidth, channels, columns] = filter
  const [batch, height, width] = output
  return {
    rows: batch * height * width,
    columns,
    terms: kernelHeight * kernelWidth * channels,
    left: {
      gathers: 'rows',
      address: at.input,
      channels,
      tapsAcross: kernelWidth,
      grid: [height, width],
      stride,
      step: dilation,
      offset: [-padding[0], -padding[1]],
      source: [input[1], input[2]],
    },
    right: wholeFilter(filter, at.filter),
    output: {
      address: at.output,
      grid: [height, width],
      imageStride: height * width * columns,
      rowStride: width * columns,
      pixelStride: columns,
    },
  }
}

/** filter[i, j, c, o] = Σ over pixels of input · output gradient. */
export function filterGradientProduct(
  { input, filter, output, stride, dilation, padding }: ConvolutionShape,
  at: Places,
): Product {
  const [kernelHeight, kernelWidth, channels, columns] = filter
  const [batch, height, width] = output
  const rows = kernelHeight * kernelWidth * channels
  const terms = batch * height * width
  return {
    rows,
    columns,
    terms,
    left: {
      gathers: 'columns',
      address: at.input,
      channels,
      tapsAcross: kernelWidth,
      grid: [height, width],
      stride,
      step: dilation,
      offset: [-padding[0], -padding[1]],
      source: [input[1], input[2]],
    },
    right: {
      address: at.output,
      channels: terms,
      tapsAcross: 1,
      tapStride: noOffset,
      channelStride: columns,
      columnStride: 1,
    },
    output: { address: at.filter, grid: [1, rows], imageStride: 0, rowStride: 0, pixelStride: columns },
  }
}

/**
 * Gradient at the input, which is also the transposed convolution. In padded coordinates q = s·t + r, dx[q] = Σ_m dy[t − m] ·
 * w[s·m + r]: one product for each of the s² phases r, so that no inserted zero is multiplied. Pixels no tap reaches are not
 * in any product: fill with zeros first where `leavesGaps`.
 */
export function inputGradientProducts(
  shape: ConvolutionShape,
  at: Places,
): { readonly products: readonly Product[]; readonly leavesGaps: boolean } {
  const { filter, stride, output, input, padding } = shape
  const [, , channels, outChannels] = filter
  if (isDense(shape)) return { products: [denseInputGradient(shape, at)], leavesGaps: false }
  const products: Product[] = []
  let leavesGaps = false
  for (const down of phases({ length: input[1], kernel: filter[0], stride: stride[0], padding: padding[0] })) {
    for (const across of phases({ length: input[2], kernel: filter[1], stride: stride[1], padding: padding[1] })) {
      if (down.taps * across.taps === 0) {
        leavesGaps = true
        continue
      }
      const rowStride = input[2] * channels
      products.push({
        rows: input[0] * down.count * across.count,
        columns: channels,
        terms: down.taps * across.taps * outChannels,
        left: {
          gathers: 'rows',
          address: at.output,
          channels: outChannels,
          tapsAcross: across.taps,
          grid: [down.count, across.count],
          stride: ones,
          step: ones,
          // From the last tap backwards: neighbouring pixels are then one run.
          offset: [down.firstSource - (down.taps - 1), across.firstSource - (across.taps - 1)],
          source: [output[1], output[2]],
        },
        right: {
          address: at.filter + (down.lastTap * filter[1] + across.lastTap) * channels * outChannels * 4,
          channels: outChannels,
          tapsAcross: across.taps,
          tapStride: [-stride[0] * filter[1] * channels * outChannels, -stride[1] * channels * outChannels],
          channelStride: 1,
          columnStride: outChannels,
        },
        output: {
          address: at.input + (down.firstTarget * rowStride + across.firstTarget * channels) * 4,
          grid: [down.count, across.count],
          imageStride: input[1] * rowStride,
          rowStride: stride[0] * rowStride,
          pixelStride: stride[1] * channels,
        },
      })
    }
  }
  return { products, leavesGaps }
}

/** One axis of the phases: target pixels firstTarget, firstTarget + s, …, from sources firstSource, firstSource + 1, … */
function phases({
  length,
  kernel,
  stride,
  padding,
}: {
  length: number
  kernel: number
  stride: number
  padding: number
}) {
  return Array.from({ length: stride }, (_, phase) => {
    const firstSource = Math.max(0, Math.ceil((padding - phase) / stride))
    const firstTarget = firstSource * stride + phase - padding
    const count = firstTarget < length ? Math.ceil((length - firstTarget) / stride) : 0
    const taps = Math.max(0, Math.ceil((kernel - phase) / stride))
    return { firstSource, firstTarget, count, taps, lastTap: phase + (taps - 1) * stride }
  }).filter(({ count }) => count > 0)
}

/** A filter that covers its whole input once sees each pixel through one tap only. */
const isDense = ({ input, filter, output, padding }: ConvolutionShape): boolean =>
  output[1] * output[2] === 1 && input[1] === filter[0] && input[2] === filter[1] && padding[0] + padding[1] === 0

function denseInputGradient({ input, filter }: ConvolutionShape, at: Places): Product {
  const [kernelHeight, kernelWidth, channels, outChannels] = filter
  const columns = kernelHeight * kernelWidth * channels
  return matrixProduct(
    { rows: input[0], columns, terms: outChannels },
    { left: at.output, right: at.filter, output: at.input, transposesLeft: false, transposesRight: true },
  )
}

/** output[rows, columns] = left[rows, terms] · right[terms, columns], either stored transposed. */
export function matrixProduct(
  { rows, columns, terms }: { readonly rows: number; readonly columns: number; readonly terms: number },
  at: {
    readonly left: number
    readonly right: number
    readonly output: number
    readonly transposesLeft: boolean
    readonly transposesRight: boolean
  },
): Product {
  const length = at.transposesLeft ? terms : rows
  return {
    rows,
    columns,
    terms,
    left: {
      gathers: at.transposesLeft ? 'columns' : 'rows',
      address: at.left,
      channels: at.transposesLeft ? rows : terms,
      tapsAcross: 1,
      grid: [1, length],
      stride: [0, 1],
      step: ones,
      offset: noOffset,
      source: [1, length],
    },
    right: {
      address: at.right,
      channels: terms,
      tapsAcross: 1,
      tapStride: noOffset,
      channelStride: at.transposesRight ? 1 : columns,
      columnStride: at.transposesRight ? terms : 1,
    },
    output: { address: at.output, grid: [1, rows], imageStride: 0, rowStride: 0, pixelStride: columns },
  }
}

const wholeFilter = ([kernelHeight, kernelWidth, channels, columns]: Shape4D, address: number): RightOperand => ({
  address,
  channels: kernelHeight * kernelWidth * channels,
  tapsAcross: 1,
  tapStride: noOffset,
  channelStride: columns,
  columnStride: 1,
})
