import type { ConvolutionShape } from './convolution.ts'
import { kernelNumbers } from './kernel-numbers.ts'
import type { Product } from './product-runner.ts'
import type { KernelContext } from './tensor-memory.ts'

/*
 * 3 × 3 convolutions at stride 1 with fewer multiplications: see assembly/winograd.ts. Each gives false where another way is faster.
 */

interface Places {
  readonly input: number
  readonly filter: number
  readonly output: number
}

/** With fewer channels the transforms cost what the products save; with more, a thread's scratch memory is too small. */
const channels = { fewest: 16, most: 128 } as const

const suits = ({ filter, stride, dilation, input, output }: ConvolutionShape): boolean =>
  filter[0] === 3 &&
  filter[1] === 3 &&
  stride[0] * stride[1] * dilation[0] * dilation[1] === 1 &&
  input[0] > 1 &&
  output[1] > 1 &&
  output[2] > 1 &&
  [filter[2], filter[3]].every((count) => count >= channels.fewest && count <= channels.most && count % 8 === 0)

export function winogradForward(
  context: KernelContext,
  shape: ConvolutionShape,
  { addend, ...at }: Places & { readonly addend: Product['addend'] },
): boolean {
  if (!suits(shape)) return false
  const [, , terms, columns] = shape.filter
  run(context, {
    filter: { address: at.filter, tapStep: terms * columns, termStep: columns, columnStep: 1, terms, columns },
    from: { address: at.input, size: [shape.input[1], shape.input[2]] },
    to: { address: at.output, size: [shape.output[1], shape.output[2]] },
    batch: shape.input[0],
    zeros: shape.padding,
    addend,
  })
  return true
}

/** The same with the filter's taps in reverse and its channels exchanged. */
export function winogradInputGradient(context: KernelContext, shape: ConvolutionShape, at: Places): boolean {
  if (!suits(shape)) return false
  const [, , columns, terms] = shape.filter
  const step = terms * columns
  run(context, {
    filter: { address: at.filter + 8 * step * 4, tapStep: -step, termStep: 1, columnStep: terms, terms, columns },
    from: { address: at.output, size: [shape.output[1], shape.output[2]] },
    to: { address: at.input, size: [shape.input[1], shape.input[2]] },
    batch: shape.input[0],
    zeros: [2 - shape.padding[0], 2 - shape.padding[1]],
    addend: undefined,
  })
  return true
}

function run(
  context: KernelContext,
  {
    filter,
    from,
    to,
    batch,
    zeros,
    addend,
  }: {
    /** Steps in values. */
    readonly filter: Readonly<Record<'address' | 'tapStep' | 'termStep' | 'columnStep' | 'terms' | 'columns', number>>
    readonly from: { readonly address: number; readonly size: readonly [number, number] }
    readonly to: { readonly address: number; readonly size: readonly [number, number] }
    readonly batch: number
    readonly zeros: readonly [number, number]
    readonly addend: Product['addend']
  },
): void {
  const { pool } = context
  const { terms, columns } = filter
  const transformed = context.allocate(16 * terms * columns * 4)
  pool.words.set([filter.address, transformed, terms, columns, filter.tapStep, filter.termStep, filter.columnStep])
  pool.run(kernelNumbers.transformFilter, columns / 8)
  pool.words.set([from.address, transformed, terms, columns, to.address])
  pool.words.set([addend?.address ?? 0, addend?.isVector === true ? 1 : 0, ...from.size, ...to.size, ...zeros], 5)
  pool.run(kernelNumbers.convolveByWindows, batch)
  context.free(transformed)
}
