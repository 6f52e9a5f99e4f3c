import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs'
import { kernelNumbers } from './kernel-numbers.ts'
import { addressOf, type KernelContext, makeTensor, sizeOf } from './tensor-memory.ts'

/*
 * Kernels under names of our own for the blocks of crgan's networks: block-arithmetic.ts says what they compute. A task is an image.
 */

export const blockKernelNames = {
  frame: 'FlawsmithFrame',
  unframe: 'FlawsmithUnframe',
  modulate: 'FlawsmithModulate',
  modulateGradient: 'FlawsmithModulateGradient',
  paint: 'FlawsmithPaint',
  paintGradient: 'FlawsmithPaintGradient',
  augment: 'FlawsmithAugment',
  augmentGradient: 'FlawsmithAugmentGradient',
} as const

type BlockKernel = keyof typeof blockKernelNames

const lengthsOf = ({ shape }: TensorInfo) => {
  const [batch = 0, height = 0, width = 0, channels = 0] = shape
  return { batch, height, width, channels, pixels: height * width }
}

/** With fewer values in all, waking a thread costs more than it saves. */
const smallMap = 8192

export function blockKernels(context: KernelContext): readonly KernelConfig[] {
  const { pool } = context
  const at = (tensor: TensorInfo | undefined): number => (tensor === undefined ? 0 : addressOf(context, tensor))
  const run = (kernel: BlockKernel, images: TensorInfo, words: readonly number[]): void => {
    pool.words.set(words)
    pool.run(kernelNumbers[kernel], images.shape[0] ?? 0, { alone: sizeOf(images.shape) < smallMap })
  }
  /** Sums vectors, one an image, in the order of the images. */
  const sumOverImages = (partial: TensorInfo): TensorInfo => {
    const [batch = 0, channels = 0] = partial.shape
    const sum = makeTensor(context, [channels])
    const parts = context.floats(at(partial), batch * channels)
    const target = context.floats(at(sum), channels)
    for (let channel = 0; channel < channels; channel++) {
      let total = 0
      for (let image = 0; image < batch; image++) total += parts[image * channels + channel] ?? 0
      target[channel] = total
    }
    context.backend.disposeData(partial.dataId)
    return sum
  }

  const framing = (kernel: 'frame' | 'unframe', grows: 2 | -2): KernelConfig =>
    describe(kernel, ({ values, gate }, { repeats, slope }) => {
      const { batch, height, width, channels } = lengthsOf(values)
      const result = makeTensor(context, [batch, height + grows, width + grows, channels])
      const unframedShape = kernel === 'frame' ? [height, width] : [height - 2, width - 2]
      pool.floats[7] = slope
      run(kernel, values, [at(values), at(gate), at(result), ...unframedShape, channels, repeats])
      return [result]
    })
  const augmenting = (kernel: 'augment' | 'augmentGradient'): KernelConfig =>
    describe(kernel, ({ values, plans }) => {
      const { height, width, channels } = lengthsOf(values)
      const result = makeTensor(context, values.shape)
      run(kernel, values, [at(values), at(plans), at(result), height, width, channels])
      return [result]
    })

  return [
    framing('frame', 2),
    framing('unframe', -2),
    describe('modulate', ({ values, bias, film, strength, noise }) => {
      const { pixels, channels } = lengthsOf(values)
      const result = makeTensor(context, values.shape)
      const inputs = [values, bias, film, strength, noise].map(at)
      run('modulate', values, [...inputs, pixels, channels, at(result)])
      return [result]
    }),
    describe('modulateGradient', ({ gradient, values, bias, film, noise }) => {
      const { batch, pixels, channels } = lengthsOf(values)
      const vectors = (length: number): TensorInfo => makeTensor(context, [batch, length])
      const [result, atFilm, atStrength, atBias] = [
        makeTensor(context, values.shape),
        vectors(2 * channels),
        vectors(channels),
        vectors(channels),
      ]
      const inputs = [...[values, bias, film].map(at), 0, at(noise)]
      const outputs = [result, gradient, atFilm, atStrength, atBias].map(at)
      run('modulateGradient', values, [...inputs, pixels, channels, ...outputs])
      return [result, sumOverImages(atBias), atFilm, atStrength]
    }),
    describe('paint', ({ values, bias, noise }) => {
      const { pixels, channels } = lengthsOf(values)
      const result = makeTensor(context, values.shape.with(3, channels - 1))
      run('paint', values, [at(values), at(bias), 0, 0, at(noise), pixels, channels, at(result)])
      return [result]
    }),
    describe('paintGradient', ({ gradient, values, noise }) => {
      const { batch, pixels, channels: colours } = lengthsOf(values)
      const result = makeTensor(context, values.shape.with(3, colours + 1))
      const atBias = makeTensor(context, [batch, colours + 1])
      const inputs = [at(values), 0, 0, 0, at(noise), pixels, colours + 1]
      run('paintGradient', values, [...inputs, at(result), at(gradient), 0, 0, at(atBias)])
      return [result, sumOverImages(atBias)]
    }),
    augmenting('augment'),
    augmenting('augmentGradient'),
  ]
}

type Inputs = Record<'values' | 'gradient' | 'bias' | 'film' | 'strength' | 'noise' | 'plans', TensorInfo> & {
  readonly gate?: TensorInfo
}

/** Each kernel is called from one place only, fused-blocks.ts, with the inputs it reads. */
const describe = (
  kernel: BlockKernel,
  compute: (inputs: Inputs, numbers: Record<'repeats' | 'slope', number>) => TensorInfo[],
): KernelConfig => ({
  kernelName: blockKernelNames[kernel],
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs }) => compute(inputs as unknown as Inputs, attrs as never),
})
