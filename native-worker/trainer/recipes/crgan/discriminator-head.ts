import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import { leakySlope } from '../../engines/arithmetic.ts'
import type { Engine } from '../../engines/engine.ts'
import type { Weights } from './weights.ts'

/*
 * From the coarsest maps to a score an image, with its first and second derivatives by hand: a few thousand numbers, which cost less
 * here than handing a dozen small operations to an engine. Only the products with the features' kernel are the engine's.
 */

export interface HeadInput {
  /** [batch, height, width, channels] */
  readonly top: Tensor4D
  /** [batch, classes] */
  readonly oneHot: Tensor2D
  /** How many batches lie one after the other: the deviation over a batch is each one's own. */
  readonly groups: number
  /** Weight of the class match, 0 to 1. */
  readonly conditioning: number
}

/** The gradient of Σ seeds · scores. */
export interface HeadGradient {
  /** A number an image. */
  readonly seeds: Float32Array
  readonly top: Tensor4D
  /** At the features before they are activated, [batch, 32]. */
  readonly features: Float32Array
  /** At the mean deviation, a number a group. */
  readonly deviation: Float32Array
}

/** How the scores' sum moves with the maps: what it adds to the gradients of all that it comes from. */
export interface HeadBend {
  /** [batch, height, width, channels] */
  readonly top: Float32Array
  readonly weights: ReadonlyMap<string, Tensor>
}

/** Added to a variance before its root. */
const smallVariance = 1e-6
const slopeOf = (value: number): number => (value > 0 ? 1 : leakySlope)

export class HeadPass {
  /** [batch] */
  readonly scores: Float32Array
  readonly #engine: Engine
  readonly #shape: Tensor4D['shape']
  readonly #groups: number
  readonly #conditioning: number
  /** [batch, height · width · channels], less their mean over the group's batch. */
  readonly #centred: Float32Array
  /** [groups, height · width · channels] */
  readonly #deviations: Float32Array
  /** [batch, height · width · (channels + 1)]: the maps with their deviation, before and after their activation. */
  readonly #joined: Float32Array
  readonly #active: Tensor2D
  /** [batch, 32] before and after their activation. */
  readonly #linear: Float32Array
  readonly #features: Float32Array
  /** What a score is of the features, [batch, 32]. */
  readonly #directions: Float32Array
  readonly #kernel: Tensor2D
  readonly #labels: readonly number[]
  readonly #classCount: number
  readonly #length: number

  constructor(engine: Engine, weights: Weights, { top, oneHot, groups, conditioning }: HeadInput) {
    const { tf } = engine
    this.#engine = engine
    this.#shape = top.shape
    this.#groups = groups
    this.#kernel = weights('features/kernel') as Tensor2D
    this.#classCount = oneHot.shape[1]
    this.#length = this.#kernel.shape[1]
    this.#conditioning = conditioning / Math.sqrt(this.#length)
    this.#labels = labelsOf(oneHot)

    const maps = top.dataSync<'float32'>()
    const { centred, deviations, means } = this.#deviationsOf(maps)
    this.#centred = centred
    this.#deviations = deviations
    this.#joined = this.#join(maps, means)
    this.#active = tf.tensor2d(this.#joined.map(leaky), this.#joinedShape)
    const bias = weights('features/bias').dataSync<'float32'>()
    this.#linear = tf
      .matMul(this.#active, this.#kernel)
      .dataSync<'float32'>()
      .map((value, at) => value + (bias[at % this.#length] ?? 0))
    this.#features = this.#linear.map(leaky)
    const realness = weights('realness/kernel').dataSync<'float32'>()
    const classes = weights('classes').dataSync<'float32'>()
    this.#directions = this.#linear.map((_, at) => {
      const feature = at % this.#length
      const label = this.#labels[Math.floor(at / this.#length)] ?? 0
      return (realness[feature] ?? 0) + this.#conditioning * (classes[label * this.#length + feature] ?? 0)
    })
    const [offset = 0] = weights('realness/bias').dataSync()
    const products = this.#features.map((value, at) => value * (this.#directions[at] ?? 0))
    this.scores = this.#labels.reduce((scores, _, image) => {
      let score = offset
      for (let at = image * this.#length; at < (image + 1) * this.#length; at++) score += products[at] ?? 0
      scores[image] = score
      return scores
    }, new Float32Array(this.#labels.length))
  }

  backward(seeds: Float32Array): HeadGradient {
    const { tf } = this.#engine
    const features = this.#linear.map(
      (value, at) => (seeds[Math.floor(at / this.#length)] ?? 0) * (this.#directions[at] ?? 0) * slopeOf(value),
    )
    const atActive = tf.matMul(this.#rows(features), this.#kernel, false, true).dataSync<'float32'>()
    const { maps, deviation } = this.#part(atActive.map((value, at) => value * slopeOf(this.#joined[at] ?? 0)))
    const values = this.#valuesEach
    const inGroup = this.#inGroup
    for (let at = 0; at < maps.length; at++) {
      const group = Math.floor(at / (values * inGroup))
      const spread = (this.#centred[at] ?? 0) / (this.#deviations[group * values + (at % values)] ?? 1)
      maps[at] = (maps[at] ?? 0) + ((deviation[group] ?? 0) * spread) / (values * inGroup)
    }
    return { seeds, top: tf.tensor4d(maps, this.#shape), features, deviation }
  }

  /** The gradients at the head's weights. */
  weightGradients({ seeds, features }: HeadGradient): ReadonlyMap<string, Tensor> {
    const { tf } = this.#engine
    const bias = new Float32Array(this.#length)
    features.forEach((value, at) => {
      bias[at % this.#length] = (bias[at % this.#length] ?? 0) + value
    })
    return new Map<string, Tensor>([
      ['features/kernel', tf.matMul(this.#active, this.#rows(features), true, false)],
      ['features/bias', tf.tensor1d(bias)],
      ...this.#directionGradients(this.#features, seeds),
      ['realness/bias', tf.tensor1d([seeds.reduce((total, seed) => total + seed, 0)])],
    ])
  }

  /**
   * Gradients of the scores' derivative along a direction at the maps, summed over the images.
   * @param movement the maps' derivative along that direction
   * @param ones what `backward` gave for seeds of one
   */
  bend(movement: Tensor4D, { features, deviation }: HeadGradient): HeadBend {
    const { tf } = this.#engine
    const moved = movement.dataSync<'float32'>()
    const values = this.#valuesEach
    const inGroup = this.#inGroup
    const means = new Float32Array(this.#groups)
    const top = new Float32Array(moved.length)
    for (let group = 0; group < this.#groups; group++) {
      let total = 0
      for (let value = 0; value < values; value++) {
        const first = group * inGroup * values + value
        const last = first + inGroup * values
        const spread = this.#deviations[group * values + value] ?? 1
        let mean = 0
        let along = 0
        for (let at = first; at < last; at += values) {
          mean += (moved[at] ?? 0) / inGroup
          along += ((this.#centred[at] ?? 0) * (moved[at] ?? 0)) / inGroup
        }
        total += along / spread
        const weight = (deviation[group] ?? 0) / (values * inGroup * spread)
        for (let at = first; at < last; at += values)
          top[at] = weight * ((moved[at] ?? 0) - mean - (along * (this.#centred[at] ?? 0)) / (spread * spread))
      }
      means[group] = total / values
    }
    const joined = this.#join(moved, means).map((value, at) => value * slopeOf(this.#joined[at] ?? 0))
    const active = tf.tensor2d(joined, this.#joinedShape)
    const atFeatures = tf
      .matMul(active, this.#kernel)
      .dataSync<'float32'>()
      .map((value, at) => value * slopeOf(this.#linear[at] ?? 0))
    const ones = new Float32Array(this.#labels.length).fill(1)
    return {
      top,
      weights: new Map<string, Tensor>([
        ['features/kernel', tf.matMul(active, this.#rows(features), true, false)],
        ...this.#directionGradients(atFeatures, ones),
      ]),
    }
  }

  get #valuesEach(): number {
    const [, height, width, channels] = this.#shape
    return height * width * channels
  }

  get #inGroup(): number {
    return this.#shape[0] / this.#groups
  }

  get #joinedShape(): [number, number] {
    const [batch, height, width, channels] = this.#shape
    return [batch, height * width * (channels + 1)]
  }

  #rows(values: Float32Array): Tensor2D {
    return this.#engine.tf.tensor2d(values, [this.#labels.length, this.#length])
  }

  #deviationsOf(maps: Float32Array) {
    const values = this.#valuesEach
    const inGroup = this.#inGroup
    const centred = new Float32Array(maps.length)
    const deviations = new Float32Array(this.#groups * values)
    const means = new Float32Array(this.#groups)
    for (let group = 0; group < this.#groups; group++) {
      let total = 0
      for (let value = 0; value < values; value++) {
        const first = group * inGroup * values + value
        const last = first + inGroup * values
        let mean = 0
        for (let at = first; at < last; at += values) mean += (maps[at] ?? 0) / inGroup
        let variance = 0
        for (let at = first; at < last; at += values) {
          const difference = (maps[at] ?? 0) - mean
          centred[at] = difference
          variance += (difference * difference) / inGroup
        }
        const deviation = Math.sqrt(variance + smallVariance)
        deviations[group * values + value] = deviation
        total += deviation
      }
      means[group] = total / values
    }
    return { centred, deviations, means }
  }

  /** Appends a channel: the group's number. */
  #join(maps: Float32Array, means: Float32Array): Float32Array {
    const channels = this.#shape[3]
    const pixels = maps.length / channels
    const pixelsInGroup = pixels / this.#groups
    const joined = new Float32Array(pixels * (channels + 1))
    for (let pixel = 0; pixel < pixels; pixel++) {
      joined.set(maps.subarray(pixel * channels, (pixel + 1) * channels), pixel * (channels + 1))
      joined[pixel * (channels + 1) + channels] = means[Math.floor(pixel / pixelsInGroup)] ?? 0
    }
    return joined
  }

  /** The way back of `#join`. */
  #part(joined: Float32Array): { readonly maps: Float32Array; readonly deviation: Float32Array } {
    const channels = this.#shape[3]
    const pixels = joined.length / (channels + 1)
    const pixelsInGroup = pixels / this.#groups
    const maps = new Float32Array(pixels * channels)
    const deviation = new Float32Array(this.#groups)
    for (let pixel = 0; pixel < pixels; pixel++) {
      const from = pixel * (channels + 1)
      maps.set(joined.subarray(from, from + channels), pixel * channels)
      const group = Math.floor(pixel / pixelsInGroup)
      deviation[group] = (deviation[group] ?? 0) + (joined[from + channels] ?? 0)
    }
    return { maps, deviation }
  }

  /** At the weights that make a score of the features. */
  #directionGradients(features: Float32Array, seeds: Float32Array): readonly (readonly [string, Tensor])[] {
    const { tf } = this.#engine
    const realness = new Float32Array(this.#length)
    const classes = new Float32Array(this.#classCount * this.#length)
    features.forEach((value, at) => {
      const image = Math.floor(at / this.#length)
      const feature = at % this.#length
      const share = value * (seeds[image] ?? 0)
      const place = (this.#labels[image] ?? 0) * this.#length + feature
      realness[feature] = (realness[feature] ?? 0) + share
      classes[place] = (classes[place] ?? 0) + this.#conditioning * share
    })
    return [
      ['realness/kernel', tf.tensor2d(realness, [this.#length, 1])],
      ['classes', tf.tensor2d(classes, [this.#classCount, this.#length])],
    ]
  }
}

const leaky = (value: number): number => value * slopeOf(value)

function labelsOf(oneHot: Tensor2D): readonly number[] {
  const [count, classes] = oneHot.shape
  const values = oneHot.dataSync<'float32'>()
  return Array.from({ length: count }, (_, image) => values.subarray(image * classes, (image + 1) * classes).indexOf(1))
}
