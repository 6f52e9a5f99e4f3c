import type { NamedTensorInfoMap, Tensor, Tensor4D } from '@tensorflow/tfjs'
import type { TensorFlow } from '../../engine.ts'
import type { NativeConvolutions, Placement } from './native-convolutions.ts'
import { replaceKernel } from './replace-kernel.ts'

interface Attributes {
  readonly strides: number | [number, number]
  readonly pad: Parameters<TensorFlow['backend_util']['computeConv2DInfo']>[4]
  readonly dataFormat: 'NHWC' | 'NCHW'
  readonly dilations?: number | [number, number]
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
  readonly inputShape?: [number, number, number, number]
  readonly filterShape?: [number, number, number, number]
}

type Shape4D = [number, number, number, number]

/**
 * Puts the pack's convolutions under tfjs's own names, so that the gradient tape (second order included) runs on them
 * too. What they do not take (dilation, channels first) still goes to TensorFlow's.
 */
export function registerConvolutions(tf: TensorFlow, convolutions: NativeConvolutions): void {
  const placementOf = (x: Shape4D, filter: Shape4D, { strides, pad, dimRoundingMode }: Attributes) => {
    const info = tf.backend_util.computeConv2DInfo(x, filter, strides, 1, pad, dimRoundingMode)
    const { strideHeight, strideWidth, padInfo, outHeight, outWidth } = info
    const placement: Omit<Placement, 'size'> = {
      strides: [strideHeight, strideWidth],
      padding: [padInfo.top, padInfo.left],
    }
    return { placement, size: [outHeight, outWidth] as const }
  }

  replace(tf, 'Conv2D', ({ x, filter }, attributes) => {
    const [input, weights] = tensorsOf(x, filter)
    const { placement, size } = placementOf(input.shape, weights.shape, attributes)
    return convolutions.convolve(input, weights, { ...placement, size })
  })
  replace(tf, 'Conv2DBackpropInput', ({ dy, filter }, attributes) => {
    const [gradient, weights] = tensorsOf(dy, filter)
    const shape = given(attributes.inputShape)
    const { placement } = placementOf(shape, weights.shape, attributes)
    return convolutions.convolveInputGradient(gradient, weights, { ...placement, size: [shape[1], shape[2]] })
  })
  replace(tf, 'Conv2DBackpropFilter', ({ x, dy }, attributes) => {
    const [input, gradient] = tensorsOf(x, dy)
    const shape = given(attributes.filterShape)
    const { placement } = placementOf(input.shape, shape, attributes)
    return convolutions.convolveFilterGradient(input, gradient, { ...placement, size: [shape[0], shape[1]] })
  })
}

type Convolve = (inputs: NamedTensorInfoMap, attributes: Attributes) => Tensor

function replace(tf: TensorFlow, kernelName: string, convolve: Convolve): void {
  replaceKernel(tf, kernelName, (inputs, given) => {
    const attributes = given as unknown as Attributes
    const isPlain = attributes.dataFormat === 'NHWC' && [attributes.dilations ?? 1].flat().every((step) => step === 1)
    return isPlain ? convolve(inputs, attributes) : null
  })
}

/** tfjs-node's kernels get whole tensors, though tfjs's types promise only their description. */
const tensorsOf = (first: unknown, second: unknown): [Tensor4D, Tensor4D] => [first as Tensor4D, second as Tensor4D]

function given(shape: Shape4D | undefined): Shape4D {
  if (shape === undefined) throw new Error('a convolution gradient came without its shape')
  return shape
}
