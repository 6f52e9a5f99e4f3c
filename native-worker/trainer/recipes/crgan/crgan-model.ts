import type { Scalar, Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import type { Base } from '../../bases/base.ts'
import { readValues, type Engine, type Parameter } from '../../engines/engine.ts'
import { Adam } from '../../networks/adam.ts'
import { Gradients } from '../../networks/gradients.ts'
import { holdPass, type HeldPass } from '../../networks/held-pass.ts'
import type { SpectralNorm } from '../../networks/spectral-norm.ts'
import {
  crganDiscriminatorWeights,
  crganGeneratorWeights,
  type CrganShape,
  type WeightShape,
} from './crgan-architecture.ts'
import { crganJudge } from './crgan-discriminator.ts'
import { crganGenerate } from './crgan-generator.ts'
import { crganShape } from './crgan-recipe.ts'
import { drawAugmentation, type Augmentation } from './differentiable-augmentation.ts'
import { Judgement, type JudgeInput } from './judgement.ts'
import { noiseOf } from './generator-noise.ts'
import { weightsFromBase } from './weights-from-base.ts'
import type { Weights } from './weights.ts'
import { numberOf, scalarOf, type BrightnessSpread, type BuildOptions, type Gan } from '../../adversarial/gan.ts'

/** Images after which the averaged generator has forgotten half of what it was. */
const averageHalfLife = 10_000

export interface Rates {
  readonly rate: number
  readonly beta2: number
}

/** Images of the generator as it is, and the way back to its weights. */
export interface HeldFakes {
  readonly images: Tensor4D
  /** @see HeldPass */
  readonly backward: HeldPass<Tensor4D>['backward']
}

interface ConditionedStep {
  readonly images: Tensor4D
  readonly oneHot: Tensor2D
  readonly progress: number
}

type Step = (input: ConditionedStep) => Readonly<Record<string, number>>

/** Both crgan networks with their optimisers and the averaged generator samples are drawn from; the losses are the recipe's. */
export class CrganModel {
  readonly #options: BuildOptions
  readonly #shape
  readonly #generator: readonly Parameter[]
  readonly #discriminator: readonly Parameter[]
  readonly #average: readonly Parameter[]
  readonly #generatorAdam: Adam
  readonly #discriminatorAdam: Adam

  constructor(options: BuildOptions, { beta1 }: { beta1: number }) {
    const { engine, height: size, channels, classCount, parameters, random } = options
    this.#options = options
    this.#shape = crganShape({ size, channels, classCount, parameters })
    const create = (network: string, weights: readonly WeightShape[]): readonly Parameter[] =>
      weights.map(({ name, shape, deviation, isSigned }) => {
        const count = shape.reduce((product, length) => product * length, 1)
        const draw = (): Float32Array => random.weights.normals(count)
        const values =
          deviation === 0
            ? new Float32Array(count)
            : draw().map((value) => (isSigned === true ? Math.sign(value) : value) * deviation)
        return engine.createParameter({ name: `${network}/${name}`, shape, trainable: true }, values)
      })
    this.#generator = create('generator', crganGeneratorWeights(this.#shape))
    this.#discriminator = create('discriminator', crganDiscriminatorWeights(this.#shape))
    this.#average = this.#generator.map((parameter) =>
      engine.createParameter(
        { name: `average/${parameter.name}`, shape: parameter.shape, trainable: false },
        readValues(engine.tf, parameter),
      ),
    )
    const adam = { beta1, beta2: 0.99, epsilon: 1e-8, epsilonJoins: 'corrected' } as const
    this.#generatorAdam = new Adam(engine, this.#generator, adam)
    this.#discriminatorAdam = new Adam(engine, this.#discriminator, adam)
  }

  /** The recipe's step, around it what every step does. */
  gan(step: Step, extraState: readonly Parameter[] = []): Gan {
    const { engine, classCount, parameters } = this.#options
    const { tf } = engine
    const oneHotOf = (labels: readonly number[]): Tensor2D => tf.oneHot([...labels], classCount).cast('float32')
    return {
      batch: numberOf(parameters, 'batch'),
      latentLength: this.#shape.latent,
      optimisers: [this.#generatorAdam, this.#discriminatorAdam],
      state: [
        ...this.#generator,
        ...this.#discriminator,
        ...this.#average,
        ...this.#generatorAdam.moments,
        ...this.#discriminatorAdam.moments,
        ...extraState,
      ],
      // From in proportion to the root of a class's size to all classes alike.
      classExponent: (progress) => 0.5 * Math.max(0, Math.min(1, (0.6 - progress) / 0.4)),
      trainStep: ({ images, labels, progress }) => {
        const metrics = tf.tidy(() => step({ images, oneHot: oneHotOf(labels), progress }))
        this.#moveAverage(labels.length)
        return metrics
      },
      startFrom: (base) => this.#startFrom(base),
      generate: (latents, labels) => tf.tidy(() => this.generate(weightsOf(this.#average), latents, oneHotOf(labels))),
    }
  }

  #startFrom(base: Base): void {
    const { random } = this.#options
    const take = (network: 'generator' | 'discriminator', weights: readonly WeightShape[]) =>
      weightsFromBase(base, { network, shape: this.#shape, weights, random: random.weights })
    const generator = take('generator', crganGeneratorWeights(this.#shape))
    writeValues(this.#options.engine, this.#generator, generator)
    writeValues(this.#options.engine, this.#average, generator)
    writeValues(
      this.#options.engine,
      this.#discriminator,
      take('discriminator', crganDiscriminatorWeights(this.#shape)),
    )
  }

  drawLatents(count: number): Tensor2D {
    const { engine, random } = this.#options
    return engine.tf.tensor2d(random.latents.normals(count * this.#shape.latent), [count, this.#shape.latent])
  }

  drawAugmentation(batch: number): Augmentation {
    const { engine, height, width, channels, parameters, random, brightness } = this.#options
    return drawAugmentation(engine, batch, {
      height,
      width,
      channels,
      flipHorizontal: parameters['flipHorizontal'] === true,
      flipVertical: parameters['flipVertical'] === true,
      brightness: largestBrightness(this.#shape, brightness),
      random: random.augmentation,
    })
  }

  augment(images: Tensor4D): Tensor4D {
    return this.drawAugmentation(images.shape[0]).apply(images)
  }

  generate(weights: Weights, latents: Tensor2D, oneHot: Tensor2D): Tensor4D {
    const noise = noiseOf(this.#options.engine.tf, latents, this.#shape)
    return crganGenerate(this.#options.engine, { shape: this.#shape, weights }, { latents, oneHot, noise })
  }

  /** With the weights as they are. */
  generateNow(latents: Tensor2D, oneHot: Tensor2D): Tensor4D {
    return this.#options.engine.tf.tidy(() => this.generate(weightsOf(this.#generator), latents, oneHot))
  }

  judge(weights: Weights, input: JudgeInput): Tensor {
    return crganJudge(this.#options.engine, { shape: this.#shape, weights }, input)
  }

  /** With the weights as they are, and its ways back by hand. */
  judgeNow(input: JudgeInput): Judgement {
    const network = { shape: this.#shape, weights: weightsOf(this.#discriminator) }
    return new Judgement(this.#options.engine, network, input)
  }

  /** One power iteration on every normalised filter of the discriminator. */
  iterateNorms(norms: ReadonlyMap<string, SpectralNorm>): void {
    const weights = weightsOf(this.#discriminator)
    for (const [name, norm] of norms) norm.iterate(weights(name))
  }

  /** @param gradients by the names of the weights */
  moveDiscriminator(
    rates: Rates,
    { value, gradients }: { value: number; gradients: ReadonlyMap<string, Tensor> },
  ): void {
    const inOrder = this.#discriminator.map((parameter) => gradients.get(withoutNetwork(parameter)))
    this.#apply(inOrder, { value, parameters: this.#discriminator, adam: this.#discriminatorAdam, rates })
  }

  /** @param gradient at the fakes */
  moveGenerator(rates: Rates, { backward }: HeldFakes, { value, gradient }: { value: number; gradient: Tensor }): void {
    const { tf } = this.#options.engine
    tf.tidy(() => {
      this.#apply(backward(gradient), { value, parameters: this.#generator, adam: this.#generatorAdam, rates })
    })
  }

  updateDiscriminator(rates: Rates, loss: (weights: Weights) => Tensor): number {
    const { tf } = this.#options.engine
    return tf.tidy(() => {
      const parameters = this.#discriminator
      const values = parameters.map((parameter) => parameter.read())
      const { value, grads } = tf.valueAndGrads((...watched: Tensor[]) => loss(byName(parameters, watched)) as Scalar)(
        values,
      )
      const result = scalarOf(value)
      this.#apply(grads, { value: result, parameters, adam: this.#discriminatorAdam, rates })
      return result
    })
  }

  /** Fakes that the discriminator can learn from before the generator learns from its answer. */
  holdFakes(latents: Tensor2D, oneHot: Tensor2D): HeldFakes {
    const values = this.#generator.map((parameter) => parameter.read())
    const { output, backward } = holdPass(this.#options.engine.tf, values, () =>
      this.generate(byName(this.#generator, values), latents, oneHot),
    )
    return { images: output, backward }
  }

  /** @param loss of the fakes, judged by the discriminator as it is now */
  updateGenerator(
    rates: Rates,
    { images, backward }: HeldFakes,
    loss: (images: Tensor4D, discriminator: Weights) => Tensor,
  ): number {
    const { tf } = this.#options.engine
    return tf.tidy(() => {
      const discriminator = weightsOf(this.#discriminator)
      const { value, grad } = tf.valueAndGrad((x) => loss(x as Tensor4D, discriminator))(images)
      const result = scalarOf(value)
      const into = { value: result, parameters: this.#generator, adam: this.#generatorAdam, rates }
      this.#apply(backward(grad), into)
      return result
    })
  }

  /** Updates of both networks so far. */
  get step(): number {
    return this.#generatorAdam.step
  }

  #apply(
    gradients: readonly (Tensor | undefined)[],
    { value, parameters, adam, rates }: { value: number; parameters: readonly Parameter[]; adam: Adam; rates: Rates },
  ): void {
    const byParameter = new Gradients()
    parameters.forEach((parameter, index) => {
      const gradient = gradients[index]
      if (gradient !== undefined) byParameter.add(parameter, gradient)
    })
    // A step from a loss that is no number would leave no number anywhere.
    if (Number.isFinite(value)) adam.apply(byParameter, rates)
  }

  #moveAverage(batch: number): void {
    const seen = this.#generatorAdam.step * batch
    // Short at first, so that the average leaves the random start behind (Karras et al. 2020).
    const halfLife = Math.min(averageHalfLife, 0.05 * seen + batch)
    const kept = 0.5 ** (batch / halfLife)
    this.#options.engine.arithmetic.follow(
      this.#average.flatMap((follower, index) => {
        const followed = this.#generator[index]
        return followed === undefined ? [] : [{ follower, followed }]
      }),
      kept,
    )
  }
}

/**
 * Twice the spread of the images' brightness; in the second edition of that inside the classes, and little: where classes are of
 * different brightness, the first edition's hid what tells them apart.
 */
const largestBrightness = ({ edition }: CrganShape, { overall, withinClasses }: BrightnessSpread): number =>
  edition === '1' ? 2 * overall : Math.min(0.15, 2 * withinClasses)

const networkPrefix = /^(average\/)?(generator|discriminator)\//

const withoutNetwork = ({ name }: Parameter): string => name.replace(networkPrefix, '')

function writeValues(
  { tf }: Engine,
  parameters: readonly Parameter[],
  values: ReadonlyMap<string, Float32Array>,
): void {
  for (const parameter of parameters) {
    const found = values.get(withoutNetwork(parameter))
    if (found === undefined) continue
    tf.tidy(() => {
      parameter.write(tf.tensor(found, [...parameter.shape], 'float32'))
    })
  }
}

function byName(parameters: readonly Parameter[], values: readonly Tensor[]): Weights {
  const table = new Map(parameters.map((parameter, index) => [withoutNetwork(parameter), values[index]]))
  return (name) => {
    const value = table.get(name)
    if (value === undefined) throw new Error(`there is no weight ${name}`)
    return value
  }
}

const weightsOf = (parameters: readonly Parameter[]): Weights =>
  byName(
    parameters,
    parameters.map((parameter) => parameter.read()),
  )
