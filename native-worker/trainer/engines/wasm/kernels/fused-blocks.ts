import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import { leakySlope } from '../../arithmetic.ts'
import { planLength, type AugmentationPlans, type BlockArithmetic, type FrameOptions } from '../../block-arithmetic.ts'
import type { TensorFlow } from '../../engine.ts'
import { blockKernelNames } from './block-kernels.ts'

/** The blocks of crgan's networks on our own kernels. */
export function fuseBlocks(tf: TensorFlow): Omit<BlockArithmetic, 'passGate'> {
  const run = <Results extends readonly Tensor[]>(
    kernel: keyof typeof blockKernelNames,
    inputs: Record<string, Tensor>,
    numbers: Record<string, number> = {},
  ): Results =>
    tf.engine().runKernel<Tensor[]>(blockKernelNames[kernel], inputs, numbers as never) as unknown as Results
  const frame = (kernel: 'frame' | 'unframe', values: Tensor4D, { border, gate }: FrameOptions): Tensor4D =>
    run<[Tensor4D]>(
      kernel,
      { values, ...(gate === null ? {} : { gate }) },
      { repeats: border === 'repeated' ? 1 : 0, slope: leakySlope },
    )[0]
  const augment = (kernel: 'augment' | 'augmentGradient', values: Tensor4D, plans: AugmentationPlans): Tensor4D =>
    tf.tidy(() => run<[Tensor4D]>(kernel, { values, plans: tf.tensor2d(plans, [values.shape[0], planLength]) })[0])
  /** Explicit zeros around what a transposed convolution gives: the border's part falls away. */
  const doubling = { strides: [2, 2], dataFormat: 'NHWC', pad: [0, 3, 3, 0].map((zeros) => [zeros, zeros]) }
  const convolve = (name: string, inputs: Record<string, Tensor>, attributes: object): Tensor4D =>
    tf.engine().runKernel<Tensor4D>(name, inputs, { ...doubling, ...attributes } as never)

  return {
    frame: (values, options) => frame('frame', values, options),
    unframe: (framed, options) => frame('unframe', framed, options),
    doubleFramed: (framed, kernel) => {
      const [batch, height, width] = framed.shape
      const inputShape = [batch, 2 * height - 4, 2 * width - 4, kernel.shape[2]]
      return convolve('Conv2DBackpropInput', { dy: framed, filter: kernel }, { inputShape })
    },
    doubleFramedGradient: (outputGradient, framed, kernel) => ({
      framed: convolve('Conv2D', { x: outputGradient, filter: kernel }, { dilations: [1, 1] }),
      kernel: convolve('Conv2DBackpropFilter', { x: outputGradient, dy: framed }, { filterShape: kernel.shape }),
    }),
    modulate: (values, by) => run<[Tensor4D]>('modulate', { values, ...by })[0],
    modulateGradient: (gradient, values, { bias, film, noise }) => {
      const inputs = { gradient, values, bias, film, noise }
      const [x, atBias, atFilm, strength] = run<[Tensor4D, Tensor, Tensor2D, Tensor2D]>('modulateGradient', inputs)
      return { x, bias: atBias, film: atFilm, strength }
    },
    paint: (values, { bias, grain }) => run<[Tensor4D]>('paint', { values, bias, noise: grain })[0],
    paintGradient: (gradient, values, { grain }) => {
      const [x, bias] = run<[Tensor4D, Tensor]>('paintGradient', { gradient, values, noise: grain })
      return { x, bias }
    },
    augment: (images, plans) => augment('augment', images, plans),
    augmentGradient: (gradient, plans) => augment('augmentGradient', gradient, plans),
  }
}
