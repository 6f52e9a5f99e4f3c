import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import { Adam, type AdamOptions } from '../networks/adam.ts'
import { Gradients } from '../networks/gradients.ts'
import type { Layer, Pass } from '../networks/layer.ts'
import { binaryCrossEntropy } from '../networks/losses.ts'
import type { BuildOptions, LayeredGan } from './gan.ts'
import { scalarOf } from './gan.ts'

export interface AdversarialOptions {
  readonly generator: Layer
  readonly discriminator: Layer
  readonly batch: number
  readonly latentLength: number
  readonly generatorRate: number
  readonly discriminatorRate: number
  readonly adam: AdamOptions
  /** `joint`: one update from real and fake together; `separate`: one from each, real first. */
  readonly discriminatorUpdates: 'joint' | 'separate'
  /** Where the condition joins; identity for recipes of one class. */
  readonly condition?: Condition
}

export interface Condition {
  /** Latents to what the generator takes. */
  toGenerator(latents: Tensor, labels: readonly number[]): Tensor
  /** Images to what the discriminator takes. */
  toDiscriminator(images: Tensor, labels: readonly number[]): Tensor
  /** From the gradient at the discriminator's input to the one at the images. */
  toImages(gradient: Tensor): Tensor
}

const unconditional: Condition = {
  toGenerator: (latents) => latents,
  toDiscriminator: (images) => images,
  toImages: (gradient) => gradient,
}

/**
 * The original game (Goodfellow et al. 2014, non-saturating) on sigmoid outputs, in PyTorch's customary order: D on real, D on
 * fakes, update D, then G through the updated D on the same fakes. The generator runs forward once a step.
 */
export function adversarialGan(
  { engine, random, height, width, channels }: BuildOptions,
  options: AdversarialOptions,
): LayeredGan {
  const { tf } = engine
  const { generator, discriminator, batch, latentLength, condition = unconditional } = options
  const generatorAdam = new Adam(engine, generator.parameters, options.adam)
  const discriminatorAdam = new Adam(engine, discriminator.parameters, options.adam)
  const training: Pass = { training: true, dropout: random.dropout }
  const inference: Pass = { training: false, dropout: random.dropout }

  const judge = (
    images: Tensor,
    { target, labels }: { target: 0 | 1; labels: readonly number[] },
    into: Gradients | null,
  ) => {
    const { output, backward } = discriminator.forward(condition.toDiscriminator(images, labels), training)
    const { value, gradient, probability } = binaryCrossEntropy(tf, output, target)
    const atInput = backward(gradient.reshape(output.shape), into, { wantsInput: into === null })
    return { loss: value, probability, atImages: atInput === null ? null : condition.toImages(atInput) }
  }

  return {
    batch,
    latentLength,
    generator,
    discriminator,
    optimisers: [generatorAdam, discriminatorAdam],
    state: [
      ...generator.parameters,
      ...discriminator.parameters,
      ...generatorAdam.moments,
      ...discriminatorAdam.moments,
    ],
    trainStep: ({ images, labels, latents }) =>
      tf.tidy(() => {
        const count = labels.length
        const drawn = latents ?? tf.tensor2d(random.latents.normals(count * latentLength), [count, latentLength])
        return stepOn({ images, labels, latents: drawn })
      }),
    generate: (latents, labels) =>
      tf.tidy(() => {
        const { output } = generator.forward(condition.toGenerator(latents, labels), inference)
        return output.reshape([-1, height, width, channels]) as Tensor4D
      }),
  }

  function stepOn({ images, labels, latents }: { images: Tensor; labels: readonly number[]; latents: Tensor2D }) {
    const made = generator.forward(condition.toGenerator(latents, labels), training)

    const gradients = new Gradients()
    const real = judge(images, { target: 1, labels }, gradients)
    // Separate updates: the first moves the weights before the fakes are judged.
    const fakeGradients = options.discriminatorUpdates === 'joint' ? gradients : new Gradients()
    if (fakeGradients !== gradients) discriminatorAdam.apply(gradients, { rate: options.discriminatorRate })
    const fake = judge(made.output, { target: 0, labels }, fakeGradients)
    discriminatorAdam.apply(fakeGradients, { rate: options.discriminatorRate })

    const fooled = judge(made.output, { target: 1, labels }, null)
    if (fooled.atImages === null) throw new Error('the discriminator gave no gradient at its input')
    const generatorGradients = new Gradients()
    made.backward(fooled.atImages.reshape(made.output.shape), generatorGradients, { wantsInput: false })
    generatorAdam.apply(generatorGradients, { rate: options.generatorRate })

    const lossReal = scalarOf(real.loss)
    const lossFake = scalarOf(fake.loss)
    return {
      dLoss: lossReal + lossFake,
      dLossReal: lossReal,
      dLossFake: lossFake,
      gLoss: scalarOf(fooled.loss),
      dReal: scalarOf(real.probability),
      dFake: scalarOf(fake.probability),
    }
  }
}
