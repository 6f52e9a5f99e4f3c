import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import type { Engine } from '../../engines/engine.ts'
import type { CrganShape } from './crgan-architecture.ts'
import { HeadPass, type HeadGradient } from './discriminator-head.ts'
import { Trunk, type TrunkGradient, type TrunkPass } from './discriminator-trunk.ts'
import type { Weights } from './weights.ts'

export interface JudgeInput {
  readonly images: Tensor4D
  /** [batch, classes] */
  readonly oneHot: Tensor2D
  /** How many batches lie one after the other: the deviation over a batch is each one's own. */
  readonly groups: number
  /** Weight of the class match, 0 to 1. */
  readonly conditioning: number
}

/** How steep the scores are: the gradient of their sum at every image. */
export interface Slope {
  /** [batch, height, width, channels] */
  readonly images: Tensor4D
  readonly head: HeadGradient
  readonly trunk: TrunkGradient
}

/**
 * The discriminator's scores of a batch, and the ways back from them by hand: what `crganJudge` gives a gradient tape, in a third of
 * the operations. Tensors belong to the caller's tidy scope.
 */
export class Judgement {
  readonly #engine: Engine
  readonly #trunk: Trunk
  readonly #pass: TrunkPass
  readonly #head: HeadPass

  constructor(
    engine: Engine,
    network: { readonly shape: CrganShape; readonly weights: Weights },
    { images, ...input }: JudgeInput,
  ) {
    this.#engine = engine
    this.#trunk = new Trunk(engine, network)
    this.#pass = this.#trunk.forward(images)
    this.#head = new HeadPass(engine, network.weights, { ...input, top: this.#pass.top })
  }

  /** [batch] */
  get scores(): Float32Array {
    return this.#head.scores
  }

  slope(): Slope {
    const { images, head, trunk } = this.#backward(new Float32Array(this.scores.length).fill(1), { wantsImages: true })
    if (images === null) throw new Error('no gradient reached the images')
    return { images, head, trunk }
  }

  /** The gradient of Σ seeds · scores at the images. */
  imageGradient(seeds: Float32Array): Tensor4D {
    const { images } = this.#backward(seeds, { wantsImages: true })
    if (images === null) throw new Error('no gradient reached the images')
    return images
  }

  /**
   * The gradients of Σ seeds · scores, and of gain · Σ slope² where that is given, at the weights. Since half of the latter's is the
   * derivative of the slope along itself, it takes one more pass forward and none back.
   */
  weightGradients(
    seeds: Float32Array,
    penalty: { readonly slope: Slope; readonly gain: number } | null,
  ): ReadonlyMap<string, Tensor> {
    const { tf } = this.#engine
    const head = this.#head.backward(seeds)
    const ofHead = this.#head.weightGradients(head)
    if (penalty === null) {
      const trunk = this.#trunk.backward(head.top, this.#pass, { wantsImages: false })
      return new Map<string, Tensor>([
        ...ofHead,
        ...this.#trunk.kernelGradients(this.#pass, trunk),
        ...this.#trunk.biasGradients(trunk),
      ])
    }
    const { slope, gain } = penalty
    const movement = this.#trunk.movement(tf.mul(slope.images, 2 * gain) as Tensor4D, this.#pass)
    const bend = this.#head.bend(movement.top, slope.head)
    const atTop = tf.add(head.top, tf.tensor4d(bend.top, head.top.shape)) as Tensor4D
    const trunk = this.#trunk.backward(atTop, this.#pass, { wantsImages: false })
    return added(
      tf,
      new Map<string, Tensor>([
        ...ofHead,
        ...this.#trunk.kernelGradients(this.#pass, trunk),
        ...this.#trunk.biasGradients(trunk),
      ]),
      new Map<string, Tensor>([...bend.weights, ...this.#trunk.kernelGradients(movement, slope.trunk)]),
    )
  }

  #backward(seeds: Float32Array, options: { readonly wantsImages: boolean }) {
    const head = this.#head.backward(seeds)
    const trunk = this.#trunk.backward(head.top, this.#pass, options)
    return { images: trunk.images, head, trunk }
  }
}

const added = (
  tf: Engine['tf'],
  gradients: ReadonlyMap<string, Tensor>,
  others: ReadonlyMap<string, Tensor>,
): ReadonlyMap<string, Tensor> =>
  new Map(
    [...gradients].map(([name, gradient]) => {
      const other = others.get(name)
      return [name, other === undefined ? gradient : tf.add(gradient, other)]
    }),
  )
