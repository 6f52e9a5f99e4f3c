import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import { Adam, type AdamOptions } from '../networks/adam.ts'
import { Gradients } from '../networks/gradients.ts'
import type { Layer, Pass } from '../networks/layer.ts'
import { binaryCrossEntropy } from '../networks/losses.ts'
import type { BuildOptions, LayeredGan } from './gan.ts'

export interface AdversarialOptions {
  readonly generator: Layer
  readonly discriminator: Layer
  readonly batch: number
  readonly latentLength: number
  readonly generatorRate: number
  readonly discriminatorRate: number
  readonly adam: AdamOptions
  /**
   * `joint`: one update from real and fake, judged apart; `one-batch`: the same from one pass over both, which equals `joint`
   * only where no layer takes statistics of its batch; `separate`: an update from each, real first.
   */
  readonly discriminatorUpdates: 'joint' | 'one-batch' | 'separate'
  /** Where the condition joins; identity for recipes of one class. */
  readonly condition?: Condition
  /** The classes of the fakes: those of the real images where left out. */
  readonly drawFakeLabels?: (realLabels: readonly number[]) => readonly number[]
  /** Real or fake alone where left out. */
  readonly judgement?: Judgement
}

/** What the discriminator's output says, and how wrong that is. */
export type Judgement = (
  output: Tensor,
  wanted: { readonly target: 0 | 1; readonly labels: readonly number[] },
) => Verdict

export interface Verdict {
  /** Of telling real from fake. */
  readonly loss: number
  /** Mean over the batch. */
  readonly probability: number
  /** Of telling the classes, where the discriminator does. */
  readonly classLoss?: number
  /** At the output. */
  readonly gradient: Tensor
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
  const realOrFake: Judgement = (output, { target }) => {
    const { value, probability, gradient } = binaryCrossEntropy(tf, output, target)
    return { loss: value, probability, gradient }
  }
  const { judgement = realOrFake, drawFakeLabels = (labels: readonly number[]) => labels } = options
  const generatorAdam = new Adam(engine, generator.parameters, options.adam)
  const discriminatorAdam = new Adam(engine, discriminator.parameters, options.adam)
  const training: Pass = { training: true, dropout: random.dropout }
  const inference: Pass = { training: false, dropout: random.dropout }

  interface Judged {
    readonly images: Tensor
    readonly target: 0 | 1
    readonly labels: readonly number[]
  }
  const judge = ({ images, target, labels }: Judged, into: Gradients | null) => {
    const { output, backward } = discriminator.forward(condition.toDiscriminator(images, labels), training)
    const verdict = judgement(output, { target, labels })
    const atInput = backward(verdict.gradient.reshape(output.shape), into, { wantsInput: into === null })
    return { ...verdict, atImages: atInput === null ? null : condition.toImages(atInput) }
  }
  /** Real and fake in one pass: every weight is read once, and its gradient comes summed. */
  const judgeTogether = (pair: readonly [Judged, Judged], into: Gradients) => {
    const images = tf.concat(
      pair.map((each) => each.images.reshape([each.labels.length, -1])),
      0,
    )
    const labels = pair.flatMap((each) => each.labels)
    const { output, backward } = discriminator.forward(condition.toDiscriminator(images, labels), training)
    const [realOutput, fakeOutput] = tf.split(output, 2) as [Tensor, Tensor]
    const real = judgement(realOutput, pair[0])
    const fake = judgement(fakeOutput, pair[1])
    backward(tf.concat([real.gradient, fake.gradient], 0).reshape(output.shape), into, { wantsInput: false })
    return [real, fake] as const
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
    const fakeLabels = drawFakeLabels(labels)
    const made = generator.forward(condition.toGenerator(latents, fakeLabels), training)

    const [real, fake] = learnToJudge(
      { images, target: 1, labels },
      { images: made.output, target: 0, labels: fakeLabels },
    )

    const fooled = judge({ images: made.output, target: 1, labels: fakeLabels }, null)
    if (fooled.atImages === null) throw new Error('the discriminator gave no gradient at its input')
    const generatorGradients = new Gradients()
    made.backward(fooled.atImages.reshape(made.output.shape), generatorGradients, { wantsInput: false })
    generatorAdam.apply(generatorGradients, { rate: options.generatorRate })

    return {
      dLoss: real.loss + fake.loss,
      dLossReal: real.loss,
      dLossFake: fake.loss,
      gLoss: fooled.loss,
      dReal: real.probability,
      dFake: fake.probability,
      ...(real.classLoss === undefined || fake.classLoss === undefined || fooled.classLoss === undefined
        ? {}
        : { dClassLoss: (real.classLoss + fake.classLoss) / 2, gClassLoss: fooled.classLoss }),
    }
  }

  /** The discriminator's part of a step. */
  function learnToJudge(real: Judged, fake: Judged): readonly [Verdict, Verdict] {
    const update = (gradients: Gradients): void => {
      discriminatorAdam.apply(gradients, { rate: options.discriminatorRate })
    }
    const gradients = new Gradients()
    if (options.discriminatorUpdates === 'one-batch') {
      const verdicts = judgeTogether([real, fake], gradients)
      update(gradients)
      return verdicts
    }
    const atReal = judge(real, gradients)
    if (options.discriminatorUpdates === 'joint') {
      const atFake = judge(fake, gradients)
      update(gradients)
      return [atReal, atFake]
    }
    update(gradients)
    const fakeGradients = new Gradients()
    const atFake = judge(fake, fakeGradients)
    update(fakeGradients)
    return [atReal, atFake]
  }
}
