import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs'
import type { TensorFlow } from '../../engine.ts'
import {
  type ConvolutionShape,
  filterGradientProduct,
  forwardProduct,
  inputGradientProducts,
  type Shape4D,
} from './convolution.ts'
import { filterGradientByImages, narrowInputGradient } from './image-shared-gradients.ts'
import { addressOf, type KernelContext, makeTensor, sizeOf } from './tensor-memory.ts'
import { winogradForward, winogradInputGradient } from './winograd.ts'

interface Attributes {
  readonly strides: number | [number, number]
  readonly pad: Parameters<TensorFlow['backend_util']['computeConv2DInfo']>[4]
  readonly dataFormat?: 'NHWC' | 'NCHW'
  readonly dilations?: number | [number, number]
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
}

/** Convolution as tfjs names it, and with what it is added to: as large as the result, or a number a channel. */
export const ownConvolution = 'FlawsmithConvolve'

/** Convolution and its two gradients. What they do not cover (NCHW, other types) goes to `published`, tfjs's own kernel. */
export function convolutionKernels(
  tf: TensorFlow,
  context: KernelContext,
  published: (name: string) => KernelFunc,
): readonly KernelConfig[] {
  const shapeOf = (input: readonly number[], filter: readonly number[], attributes: Attributes): ConvolutionShape => {
    const { strides, dilations = 1, pad, dimRoundingMode } = attributes
    const info = tf.backend_util.computeConv2DInfo(
      [...input] as never,
      [...filter] as never,
      strides,
      dilations,
      pad,
      dimRoundingMode,
    )
    return {
      input: input as Shape4D,
      filter: filter as Shape4D,
      output: info.outShape,
      stride: [info.strideHeight, info.strideWidth],
      dilation: [info.dilationHeight, info.dilationWidth],
      padding: [info.padInfo.top, info.padInfo.left],
    }
  }
  const kernel = (
    kernelName: string,
    compute: (inputs: Record<string, TensorInfo>, attributes: Attributes & Record<string, unknown>) => TensorInfo,
  ): KernelConfig => {
    const otherwise = published(kernelName)
    return {
      kernelName,
      backendName: 'wasm',
      kernelFunc: (call) => {
        const attributes = call.attrs as unknown as Attributes & Record<string, unknown>
        const inputs = call.inputs as Record<string, TensorInfo>
        const covered =
          attributes.dataFormat !== 'NCHW' &&
          Object.values(inputs).every(({ dtype, shape }) => dtype === 'float32' && sizeOf(shape) > 0)
        return covered ? compute(inputs, attributes) : otherwise(call)
      },
    }
  }

  const convolve = ({ x, filter, onto }: Record<string, TensorInfo>, attributes: Attributes): TensorInfo => {
    const { input, weights } = { input: present(x), weights: present(filter) }
    const shape = shapeOf(input.shape, weights.shape, attributes)
    const output = makeTensor(context, shape.output)
    const at = {
      input: addressOf(context, input),
      filter: addressOf(context, weights),
      output: addressOf(context, output),
    }
    const addend = onto && { address: addressOf(context, onto), isVector: onto.shape.length === 1 }
    if (!winogradForward(context, shape, { ...at, addend }))
      context.products.run([{ ...forwardProduct(shape, at), ...(addend === undefined ? {} : { addend }) }])
    return output
  }

  return [
    kernel('Conv2D', convolve),
    kernel(ownConvolution, convolve),
    kernel('Conv2DBackpropInput', ({ dy, filter }, attributes) => {
      const { gradient, weights } = { gradient: present(dy), weights: present(filter) }
      const shape = shapeOf(attributes['inputShape'] as number[], weights.shape, attributes)
      const input = makeTensor(context, shape.input)
      const at = {
        input: addressOf(context, input),
        filter: addressOf(context, weights),
        output: addressOf(context, gradient),
      }
      if (narrowInputGradient(context, shape, at) || winogradInputGradient(context, shape, at)) return input
      const { products, leavesGaps } = inputGradientProducts(shape, at)
      if (leavesGaps) context.floats(at.input, sizeOf(shape.input)).fill(0)
      context.products.run(products)
      return input
    }),
    kernel('Conv2DBackpropFilter', ({ x, dy }, attributes) => {
      const { input, gradient } = { input: present(x), gradient: present(dy) }
      const shape = shapeOf(input.shape, attributes['filterShape'] as number[], attributes)
      const filter = makeTensor(context, shape.filter)
      const at = {
        input: addressOf(context, input),
        filter: addressOf(context, filter),
        output: addressOf(context, gradient),
      }
      if (!filterGradientByImages(context, shape, at)) context.products.run([filterGradientProduct(shape, at)])
      return filter
    }),
  ]
}

function present(tensor: TensorInfo | undefined): TensorInfo {
  if (tensor === undefined) throw new Error('a convolution kernel was called without one of its tensors')
  return tensor
}
