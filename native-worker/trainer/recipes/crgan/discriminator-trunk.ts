import type { Tensor, Tensor4D } from '@tensorflow/tfjs'
import type { Engine } from '../../engines/engine.ts'
import { crganBlocks, type CrganShape } from './crgan-architecture.ts'
import type { Weights } from './weights.ts'

/*
 * The discriminator's convolutions, from the images to the coarsest maps, and their ways back by hand. Between its kinks leaky ReLU is
 * linear: along a direction the maps move by the same convolutions behind the gates of the pass, and nothing bends.
 */

/** What a block's two convolutions see, and what decides their gates. */
interface BlockPass {
  readonly name: string
  readonly entered: Tensor4D
  readonly refineSees: Tensor4D
  readonly refined: Tensor4D
  readonly halveSees: Tensor4D
}

/** From fine to coarse. */
export interface TrunkPass {
  readonly images: Tensor4D
  readonly blocks: readonly BlockPass[]
  readonly top: Tensor4D
}

/** At what each convolution gives, by its name. */
type AtConvolutions = ReadonlyMap<string, Tensor4D>

export interface TrunkGradient {
  /** Null where it was not asked for. */
  readonly images: Tensor4D | null
  readonly convolutions: AtConvolutions
}

export class Trunk {
  readonly #engine: Engine
  readonly #weights: Weights
  readonly #names: readonly string[]

  constructor(engine: Engine, { shape, weights }: { readonly shape: CrganShape; readonly weights: Weights }) {
    this.#engine = engine
    this.#weights = weights
    this.#names = crganBlocks(shape)
      .toReversed()
      .map(({ name }) => name)
  }

  forward(images: Tensor4D): TrunkPass {
    return this.#ascend(images, { gates: null })
  }

  /** How the maps of a pass move where the images move. */
  movement(images: Tensor4D, pass: TrunkPass): TrunkPass {
    return this.#ascend(images, { gates: pass.blocks })
  }

  /** @param gates of an earlier pass, whose biases then fall away */
  #ascend(images: Tensor4D, { gates }: { readonly gates: readonly BlockPass[] | null }): TrunkPass {
    const { arithmetic } = this.#engine
    const biased = (name: string) => (gates === null ? { onto: this.#weights(`${name}/bias`) } : {})
    let x = arithmetic.convolve(images, this.#kernel('image'), { ...inOut, ...biased('image') })
    const blocks = this.#names.map((name, index) => {
      const entered = x
      const refineSees = arithmetic.frame(entered, { border: 'zero', gate: gates?.[index]?.entered ?? entered })
      const refined = arithmetic.convolve(refineSees, this.#kernel(`${name}/refine`), { ...refining, onto: entered })
      const halveSees = arithmetic.frame(refined, { border: 'zero', gate: gates?.[index]?.refined ?? refined })
      x = arithmetic.convolve(halveSees, this.#kernel(`${name}/halve`), { ...halving, ...biased(`${name}/halve`) })
      return { name, entered, refineSees, refined, halveSees }
    })
    return { images, blocks, top: x }
  }

  backward(atTop: Tensor4D, pass: TrunkPass, { wantsImages }: { readonly wantsImages: boolean }): TrunkGradient {
    const { arithmetic } = this.#engine
    const convolutions = new Map<string, Tensor4D>()
    let gradient = atTop
    // A border of zeros learns nothing: its gradient is not computed.
    const atInput = (name: string, stride: number, { shape: inputShape }: Tensor4D): Tensor4D =>
      arithmetic.convolveInputGradient(gradient, this.#kernel(name), { stride, padding: 'same', inputShape })
    for (const { name, entered, refined } of pass.blocks.toReversed()) {
      convolutions.set(`${name}/halve`, gradient)
      const fromHalve = atInput(`${name}/halve`, halving.stride, refined)
      const atRefined = (gradient = arithmetic.passGate(fromHalve, refined))
      convolutions.set(`${name}/refine`, atRefined)
      const fromRefine = atInput(`${name}/refine`, refining.stride, entered)
      gradient = arithmetic.passGate(fromRefine, entered, atRefined)
      fromHalve.dispose()
      fromRefine.dispose()
    }
    convolutions.set('image', gradient)
    const images = wantsImages
      ? arithmetic.convolveInputGradient(gradient, this.#kernel('image'), { ...inOut, inputShape: pass.images.shape })
      : null
    return { images, convolutions }
  }

  /** At the kernels, from what a pass saw and the gradient at what it gave. */
  kernelGradients(pass: TrunkPass, { convolutions }: TrunkGradient): ReadonlyMap<string, Tensor4D> {
    const { arithmetic } = this.#engine
    const at = (name: string, seen: Tensor4D, geometry: typeof inOut | typeof halving | typeof refining) => {
      const gradient = convolutions.get(name)
      if (gradient === undefined) throw new Error(`no gradient reached ${name}`)
      const filterShape = this.#kernel(name).shape
      return [
        `${name}/kernel`,
        arithmetic.convolveFilterGradient(seen, gradient, { ...geometry, filterShape }),
      ] as const
    }
    return new Map([
      at('image', pass.images, inOut),
      ...pass.blocks.flatMap(({ name, refineSees, halveSees }) => [
        at(`${name}/refine`, refineSees, refining),
        at(`${name}/halve`, halveSees, halving),
      ]),
    ])
  }

  biasGradients({ convolutions }: TrunkGradient): ReadonlyMap<string, Tensor> {
    const { tf } = this.#engine
    return new Map(
      [...convolutions]
        .filter(([name]) => !name.endsWith('refine'))
        .map(([name, gradient]) => [`${name}/bias`, tf.sum(gradient, [0, 1, 2])]),
    )
  }

  #kernel(name: string): Tensor4D {
    return this.#weights(`${name}/kernel`) as Tensor4D
  }
}

const inOut = { stride: 2, padding: 'same' } as const
const halving = { stride: 2, padding: 'valid' } as const
const refining = { stride: 1, padding: 'valid' } as const
