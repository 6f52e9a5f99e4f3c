import type { Tensor, Tensor4D } from '@tensorflow/tfjs'
import type { Arithmetic, ConvolutionGeometry } from '../../arithmetic.ts'
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
  convolve(x: Tensor, filter: Tensor, placement: Placement): Tensor4D
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
    convolve: (x, filter, placement) => run('FlawsmithConvolve', [x, filter], placement),
    convolveInputGradient: (dy, filter, placement) => run('FlawsmithConvolveInputGradient', [dy, filter], placement),
    convolveFilterGradient: (x, dy, placement) => run('FlawsmithConvolveFilterGradient', [x, dy], placement),
  }
}

type Convolutions = Pick<Arithmetic, 'convolve' | 'convolveInputGradient' | 'convolveFilterGradient'>

/** The training step's convolutions, without tfjs's kernel lookup in between. */
export function convolutionArithmetic(convolutions: NativeConvolutions): Convolutions {
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
      return convolutions.convolve(input, filter, { ...place(geometry, { input: input2D, kernel }), size })
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
