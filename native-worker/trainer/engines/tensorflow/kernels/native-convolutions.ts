import type { Tensor, Tensor4D } from '@tensorflow/tfjs'
import type { Arithmetic, ConvolutionGeometry } from '../../arithmetic.ts'
import type { TensorFlow } from '../../engine.ts'
import { AttributeWriter, type NativeBackend } from '../native-backend.ts'

/** [height, width] */
export type Pair = readonly [number, number]

export interface Placement {
  readonly strides: Pair
  /** Rows of zeros above and columns of zeros to the left. */
  readonly padding: Pair
  /** Height and width of the result: of y, of x or of the filter. */
  readonly size: Pair
}

/** The pack's own convolutions (engines/pack/ops/convolution.h); tensors NHWC float32, filters [k, k, in, out]. */
export interface NativeConvolutions {
  /** @param placement onto: added to the result, of its shape or a number a channel */
  convolve(x: Tensor, filter: Tensor, placement: Placement & { readonly onto?: Tensor }): Tensor4D
  convolveInputGradient(dy: Tensor, filter: Tensor, placement: Placement): Tensor4D
  convolveFilterGradient(x: Tensor, dy: Tensor, placement: Placement): Tensor4D
}

export function nativeConvolutions(backend: NativeBackend): NativeConvolutions {
  const attributes = new AttributeWriter(backend)
  const run = (name: string, inputs: readonly Tensor[], { strides, padding, size }: Placement): Tensor4D =>
    backend.executeSingleOutput(
      name,
      [
        attributes.integers('strides', strides),
        attributes.integers('padding', padding),
        attributes.integers('size', size),
      ],
      inputs,
    ) as Tensor4D
  return {
    convolve: (x, filter, { onto, ...placement }) =>
      onto === undefined
        ? run('FlawsmithConvolve', [x, filter], placement)
        : run('FlawsmithConvolveOnto', [x, filter, onto], placement),
    convolveInputGradient: (dy, filter, placement) => run('FlawsmithConvolveInputGradient', [dy, filter], placement),
    convolveFilterGradient: (x, dy, placement) => run('FlawsmithConvolveFilterGradient', [x, dy], placement),
  }
}

type Convolutions = Pick<Arithmetic, 'convolve' | 'convolveInputGradient' | 'convolveFilterGradient'>

/** The training step's convolutions, without tfjs's kernel lookup in between. */
export function convolutionArithmetic(
  tf: TensorFlow,
  convolutions: NativeConvolutions,
  /** Packs got the sum of a convolution and something else later. */
  { addsInOne }: { readonly addsInOne: boolean },
): Convolutions {
  return {
    convolve: (input, filter, geometry) => {
      const kernel: Pair = [filter.shape[0], filter.shape[1]]
      const input2D: Pair = [input.shape[1], input.shape[2]]
      const { stride, padding } = geometry
      const size = pair((axis) =>
        padding === 'same'
          ? Math.ceil(input2D[axis] / stride)
          : Math.floor((input2D[axis] - kernel[axis]) / stride) + 1,
      )
      const placement = { ...place(geometry, { input: input2D, kernel }), size }
      if (geometry.onto === undefined || addsInOne) {
        const { onto } = geometry
        return convolutions.convolve(input, filter, { ...placement, ...(onto === undefined ? {} : { onto }) })
      }
      const product = convolutions.convolve(input, filter, placement)
      const sum: Tensor4D = tf.add(product, geometry.onto)
      product.dispose()
      return sum
    },
    convolveInputGradient: (outputGradient, filter, { inputShape, ...geometry }) => {
      const input: Pair = [inputShape[1], inputShape[2]]
      const kernel: Pair = [filter.shape[0], filter.shape[1]]
      return convolutions.convolveInputGradient(outputGradient, filter, {
        ...place(geometry, { input, kernel }),
        size: input,
      })
    },
    convolveFilterGradient: (input, outputGradient, { filterShape, ...geometry }) => {
      const kernel: Pair = [filterShape[0], filterShape[1]]
      return convolutions.convolveFilterGradient(input, outputGradient, {
        ...place(geometry, { input: [input.shape[1], input.shape[2]], kernel }),
        size: kernel,
      })
    },
  }
}

/** TensorFlow's `same` puts the odd zero of an uneven padding below and to the right. */
function place(
  { stride, padding }: ConvolutionGeometry,
  { input, kernel }: { readonly input: Pair; readonly kernel: Pair },
): Omit<Placement, 'size'> {
  const zerosBefore = (axis: 0 | 1): number => {
    const windows = Math.ceil(input[axis] / stride)
    return Math.max(0, (windows - 1) * stride + kernel[axis] - input[axis]) >> 1
  }
  return { strides: [stride, stride], padding: padding === 'same' ? pair(zerosBefore) : [0, 0] }
}

const pair = (of: (axis: 0 | 1) => number): Pair => [of(0), of(1)]
