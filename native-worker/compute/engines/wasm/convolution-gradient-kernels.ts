import type { Tensor4D } from '@tensorflow/tfjs'
import type { TensorFlow } from '../engine.ts'

/*
 * The WebAssembly backend convolves fast (XNNPACK) but lacks the filter gradient and has a scalar input gradient. Both
 * are convolutions again, so both are composed here from kernels it has.
 */

interface Attributes {
  readonly strides: number | readonly [number, number]
  readonly pad: 'same' | 'valid' | number
}

type Shape4D = [number, number, number, number]

interface Sides {
  readonly stride: number
  readonly top: number
  readonly left: number
}

function sidesOf(
  tf: TensorFlow,
  inputShape: Shape4D,
  { filterShape, strides, pad }: Attributes & { filterShape: Shape4D },
): Sides {
  const { strideHeight, padInfo } = tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides as number,
    1,
    pad,
  )
  return { stride: strideHeight, top: padInfo.top, left: padInfo.left }
}

/** Crops or zero-fills the end of the two spatial axes. */
function fitSpatial(
  tf: TensorFlow,
  input: Tensor4D,
  { top, left, height, width }: { top: number; left: number; height: number; width: number },
): Tensor4D {
  const [batch, h, w, channels] = input.shape
  const cropped =
    h + top > height || w + left > width
      ? input.slice([0, 0, 0, 0], [batch, Math.min(h, height - top), Math.min(w, width - left), channels])
      : input
  const bottom = height - top - cropped.shape[1]
  const right = width - left - cropped.shape[2]
  return top + left + bottom + right === 0
    ? cropped
    : tf.pad(cropped, [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ])
}

/**
 * dW[i, j, c, o] = Σ x[n, s·h + i, s·w + j, c] · dy[n, h, w, o]: a convolution over x with channels and batch swapped,
 * whose filter is dy, dilated by the stride.
 */
export function convolutionFilterGradient(
  tf: TensorFlow,
  x: Tensor4D,
  { dy, filterShape, ...attributes }: Attributes & { readonly dy: Tensor4D; readonly filterShape: Shape4D },
): Tensor4D {
  return tf.tidy(() => {
    const { stride, top, left } = sidesOf(tf, x.shape, { filterShape, ...attributes })
    const [, outHeight, outWidth] = dy.shape
    const height = (outHeight - 1) * stride + filterShape[0]
    const width = (outWidth - 1) * stride + filterShape[1]
    const fitted = fitSpatial(tf, x, { top, left, height, width })
    const input = tf.transpose(fitted, [3, 1, 2, 0]) // [in, height, width, batch]
    const filter = tf.transpose(dy, [1, 2, 0, 3]) // [outHeight, outWidth, batch, out]
    const gradient = tf.conv2d(input as Tensor4D, filter as Tensor4D, 1, 'valid', 'NHWC', stride) // [in, k, k, out]
    return tf.transpose(gradient, [1, 2, 0, 3])
  })
}

/**
 * Sub-pixel form: in padded coordinates q = s·t + r, dx[q] = Σ_m dy[t − m] · w[s·m + r]. One stride-1 convolution with
 * ⌈k/s⌉ taps gives all s² phases as channels; depthToSpace interleaves them.
 */
export function convolutionInputGradient(
  tf: TensorFlow,
  dy: Tensor4D,
  { filter, inputShape, ...attributes }: Attributes & { readonly filter: Tensor4D; readonly inputShape: Shape4D },
): Tensor4D {
  return tf.tidy(() => {
    const { stride, top, left } = sidesOf(tf, inputShape, { filterShape: filter.shape, ...attributes })
    const [kernelHeight, kernelWidth, inChannels, outChannels] = filter.shape
    const tapsDown = Math.ceil(kernelHeight / stride)
    const tapsAcross = Math.ceil(kernelWidth / stride)
    const whole = fitSpatial(tf, tf.reshape(filter, [1, kernelHeight, kernelWidth, inChannels * outChannels]), {
      top: 0,
      left: 0,
      height: tapsDown * stride,
      width: tapsAcross * stride,
    })
    const phases = tf
      .reshape(whole, [tapsDown, stride, tapsAcross, stride, inChannels, outChannels])
      .transpose([0, 2, 5, 1, 3, 4]) // [taps, taps, out, s, s, in]
      .reshape([tapsDown, tapsAcross, outChannels, stride * stride * inChannels])
    const flipped = tapsDown * tapsAcross === 1 ? phases : tf.reverse(phases, [0, 1])
    const padded = tf.pad(dy, [
      [0, 0],
      [tapsDown - 1, tapsDown - 1],
      [tapsAcross - 1, tapsAcross - 1],
      [0, 0],
    ])
    const mixed = tf.conv2d(padded, flipped as Tensor4D, 1, 'valid') // [batch, h, w, s·s·in]
    const spread = stride === 1 ? mixed : tf.depthToSpace(mixed, stride, 'NHWC')
    const [batch, height, width] = inputShape
    const lacking = {
      down: Math.max(0, top + height - spread.shape[1]),
      across: Math.max(0, left + width - spread.shape[2]),
    }
    const reaching =
      lacking.down + lacking.across === 0
        ? spread
        : tf.pad(spread, [
            [0, 0],
            [0, lacking.down],
            [0, lacking.across],
            [0, 0],
          ])
    return tf.slice(reaching, [0, top, left, 0], [batch, height, width, inChannels])
  })
}

/** Puts both in tfjs's kernel table, so that the gradient tape finds them too. */
export function registerConvolutionGradients(tf: TensorFlow): void {
  tf.unregisterKernel('Conv2DBackpropInput', 'wasm')
  tf.registerKernel({
    kernelName: 'Conv2DBackpropInput',
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => {
      const { inputShape, strides, pad } = attrs as unknown as Attributes & { inputShape: Shape4D }
      const { dy, filter } = asTensors(tf, inputs)
      return convolutionInputGradient(tf, dy, { filter, inputShape, strides, pad })
    },
  })
  tf.registerKernel({
    kernelName: 'Conv2DBackpropFilter',
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => {
      const { filterShape, strides, pad } = attrs as unknown as Attributes & { filterShape: Shape4D }
      const { x, dy } = asTensors(tf, inputs)
      return convolutionFilterGradient(tf, x, { dy, filterShape, strides, pad })
    },
  })
}

/** tfjs hands kernels what the caller passed, which in a gradient is a full tensor. */
const asTensors = (_tf: TensorFlow, inputs: unknown) => inputs as { x: Tensor4D; dy: Tensor4D; filter: Tensor4D }
