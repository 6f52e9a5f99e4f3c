import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import { leakySlope } from '../../arithmetic.ts'
import { planLength, type AugmentationPlans, type BlockArithmetic, type FrameOptions } from '../../block-arithmetic.ts'
import type { TensorFlow } from '../../engine.ts'
import { AttributeWriter, type NativeBackend } from '../native-backend.ts'
import type { NativeConvolutions, Pair } from './native-convolutions.ts'

/** The blocks of crgan's networks by the pack's own operations (frame.h, modulation.h, augmentation.h there). */
export function nativeBlocks(
  tf: TensorFlow,
  backend: NativeBackend,
  convolutions: NativeConvolutions,
): BlockArithmetic {
  const attributes = new AttributeWriter(backend)
  const frameAttributes = (gated: boolean, repeats: boolean) => [
    attributes.float('slope', gated ? leakySlope : 1),
    attributes.flag('repeats', repeats),
  ]
  const run = (name: string, inputs: readonly Tensor[]): Tensor4D =>
    backend.executeSingleOutput(name, [], inputs) as Tensor4D
  // With a slope of 1 no gate is looked at, but an operation has a fixed number of inputs.
  const frame = (name: string, values: Tensor4D, { border, gate }: FrameOptions): Tensor4D =>
    backend.executeSingleOutput(name, frameAttributes(gate !== null, border === 'repeated'), [
      values,
      gate ?? values,
    ]) as Tensor4D
  const augment = (name: string, images: Tensor4D, plans: AugmentationPlans): Tensor4D =>
    tf.tidy(() => run(name, [images, tf.tensor2d(plans, [images.shape[0], planLength])]))
  const placement = (size: Pair) => ({ strides: [2, 2], padding: [3, 3], size }) as const

  return {
    frame: (values, options) => frame('FlawsmithFrame', values, options),
    unframe: (framed, options) => frame('FlawsmithUnframe', framed, options),
    passGate: (values, gate, onto) => {
      const inputs = [values, gate, ...(onto === undefined ? [] : [onto])]
      const name = onto === undefined ? 'FlawsmithActivateGradient' : 'FlawsmithActivateGradientOnto'
      return backend.executeSingleOutput(name, [attributes.float('slope', leakySlope)], inputs) as Tensor4D
    },
    doubleFramed: (framed, kernel) => {
      const [, height, width] = framed.shape
      return convolutions.convolveInputGradient(framed, kernel, placement([2 * height - 4, 2 * width - 4]))
    },
    doubleFramedGradient: (outputGradient, framed, kernel) => ({
      framed: convolutions.convolve(outputGradient, kernel, placement([framed.shape[1], framed.shape[2]])),
      kernel: convolutions.convolveFilterGradient(outputGradient, framed, placement([4, 4])),
    }),
    modulate: (x, { bias, film, strength, noise }) => run('FlawsmithModulate', [x, bias, film, strength, noise]),
    modulateGradient: (outputGradient, x, { bias, film, strength, noise }) => {
      const inputs = [outputGradient, x, bias, film, strength, noise]
      const outputs = backend.executeMultipleOutputs('FlawsmithModulateGradient', [], inputs, 4)
      const [atX, atBias, atFilm, atStrength] = outputs as [Tensor4D, Tensor, Tensor2D, Tensor2D]
      return { x: atX, bias: atBias, film: atFilm, strength: atStrength }
    },
    paint: (x, { bias, grain }) => run('FlawsmithPaint', [x, bias, grain]),
    paintGradient: (outputGradient, output, { grain }) => {
      const outputs = backend.executeMultipleOutputs('FlawsmithPaintGradient', [], [outputGradient, output, grain], 2)
      const [x, bias] = outputs as [Tensor4D, Tensor]
      return { x, bias }
    },
    augment: (images, plans) => augment('FlawsmithAugment', images, plans),
    augmentGradient: (gradient, plans) => augment('FlawsmithAugmentGradient', gradient, plans),
  }
}
