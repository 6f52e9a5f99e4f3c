import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import type { Channels } from '../../../contract/project.ts'
import type { ParameterValues } from '../../../contract/training.ts'
import type { Engine, Parameter } from '../engines/engine.ts'
import type { Adam } from '../networks/adam.ts'
import type { Base } from '../bases/base.ts'
import type { Composition } from '../composing/composing-gan.ts'
import type { Layer } from '../networks/layer.ts'
import type { RunRandom } from '../../random/run-random.ts'

export interface BuildOptions {
  readonly engine: Engine
  readonly height: number
  readonly width: number
  readonly channels: Channels
  readonly classCount: number
  /** Complete and in range; see `checkRecipe`. */
  readonly parameters: ParameterValues
  readonly random: RunRandom
  readonly brightness: BrightnessSpread
}

/** Standard deviations of the training images' means, in [-1, 1] units: of all, and inside the classes (their root mean square). */
export interface BrightnessSpread {
  readonly overall: number
  readonly withinClasses: number
}

/** Real images of one step and how far the run is. */
export interface StepInput {
  /** [batch, height, width, channels] in [-1, 1] */
  readonly images: Tensor4D
  readonly labels: readonly number[]
  /** 0 at the first step, 1 at the last planned one. */
  readonly progress: number
  /** [batch, latentLength]; drawn from the run's own stream where not given. */
  readonly latents?: Tensor2D
}

/** A real image as recipes that compose get it. */
export interface AdoptedImage {
  /** [height, width, channels] in [-1, 1] */
  readonly pixels: Float32Array
  readonly label: number
  /** [height, width], 1 where a mark lies; null where the recipe asked for none. */
  readonly mark: Uint8Array | null
  /** Of the class free of defects. */
  readonly isFree: boolean
}

/** A generator and a discriminator in training. */
export interface Gan {
  readonly batch: number
  readonly latentLength: number
  /** Every value a checkpoint must hold: weights, statistics, moments, averages. */
  readonly state: readonly Parameter[]
  readonly optimisers: readonly Adam[]
  /**
   * How a batch draws its classes: in proportion to (images of the class)^exponent. Absent where a recipe takes the images as they
   * come, in shuffled epochs.
   */
  readonly classExponent?: (progress: number) => number
  /** Recipes that compose instead of learning take the images themselves, once, in place of training. */
  adopt?(images: readonly AdoptedImage[]): void
  /** Takes up what networks of its kind have learned elsewhere, before the first step; what does not fit stays as it is. */
  startFrom?(base: Base): void
  /** One update of both networks; scalar losses and mean probabilities by name. */
  trainStep(input: StepInput): Readonly<Record<string, number>>
  /** What recipes that compose have besides: one image at a time, and where its defect lies. */
  readonly compose?: (latent: Float32Array, label: number) => Composition
  /** [n, latentLength] and n labels to [n, height, width, channels] in [-1, 1]; inference mode. */
  generate(latents: Tensor2D, labels: readonly number[]): Tensor4D
}

/** A Gan whose networks are layers, as the published recipes are. */
export interface LayeredGan extends Gan {
  readonly generator: Layer
  readonly discriminator: Layer
}

/** Reads a number, boolean or text that `checkRecipe` has made sure of. */
export function numberOf(parameters: ParameterValues, name: string): number {
  const value = parameters[name]
  if (typeof value !== 'number') throw new Error(`parameter ${name} is not a number`)
  return value
}

export const scalarOf = (tensor: Tensor): number => tensor.dataSync()[0] ?? Number.NaN
