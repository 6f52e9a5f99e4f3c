import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import { crganDiscriminatorWeights, crganGeneratorWeights } from './crgan-architecture.ts'
import { CrganModel } from './crgan-model.ts'
import { crganRecipe } from './crgan-recipe.ts'
import { numberOf, scalarOf, type BuildOptions, type Gan } from './gan.ts'
import { batchParameter, numberParameter, rateParameter } from './recipe-parameters.ts'
import { cosineBetween, rampBetween } from './schedules.ts'

/** Gradient penalty from start to end of the first half of training, by the size it was tuned at. */
const penaltyBySize = [
  { upTo: 48, start: 0.3, end: 0.03 },
  { upTo: 96, start: 1, end: 0.1 },
  { upTo: 192, start: 10, end: 1 },
  { upTo: 512, start: 150, end: 15 },
] as const

/** Scores beyond this have left the rails. */
const largestScore = 1e3

function build(options: BuildOptions): Gan {
  const { engine, parameters, height: size } = options
  const { tf } = engine
  const model = new CrganModel(options, { beta1: 0 })
  const rate = numberOf(parameters, 'learningRate')
  const gain = numberOf(parameters, 'penalty')
  const penalty = penaltyBySize.find(({ upTo }) => size <= upTo) ?? penaltyBySize[0]

  /** Scores of two batches in one, and the gradient of each score at its image. */
  const scoreWithSlope = (
    images: Tensor4D,
    { oneHot, conditioning, weights }: { oneHot: Tensor2D; conditioning: number; weights: (name: string) => Tensor },
  ) =>
    tf.valueAndGrad((x) => model.judge(weights, { images: x as Tensor4D, oneHot, groups: 2, conditioning }))(
      images,
      tf.ones([images.shape[0]]),
    )

  return model.gan(({ images, oneHot, progress }) => {
    const batch = oneHot.shape[0]
    const gamma = gain * cosineBetween(penalty.start, penalty.end, Math.min(1, 2 * progress))
    const conditioning = rampBetween(progress, { from: 0.2, to: 0.45 })
    const rates = {
      rate: cosineBetween(rate, rate / 4, progress),
      beta2: cosineBetween(0.9, 0.99, Math.min(1, 2 * progress)),
    }
    const both = tf.concat([oneHot, oneHot], 0) as Tensor2D

    const fakes = model.generateNow(model.drawLatents(batch), oneHot)
    const seen = tf.concat([model.augment(images), model.augment(fakes)], 0) // [2 · batch, …], real first
    const discriminated = { real: Number.NaN, fake: Number.NaN, slope: Number.NaN }
    const dLoss = model.updateDiscriminator(rates, (weights) => {
      const { value: scores, grad: slopes } = scoreWithSlope(seen as Tensor4D, { oneHot: both, conditioning, weights })
      const [real, fake] = tf.split(scores, 2) as [Tensor, Tensor]
      const slope = tf.div(tf.sum(tf.square(slopes)), batch)
      Object.assign(discriminated, {
        real: scalarOf(tf.mean(real)),
        fake: scalarOf(tf.mean(fake)),
        slope: scalarOf(slope),
      })
      return tf.add(tf.mean(tf.softplus(tf.sub(fake, real))), tf.mul(slope, gamma / 2))
    })

    const latents = model.drawLatents(batch)
    const augmentation = model.drawAugmentation(batch)
    const paired = model.judgeNow({ images: model.augment(images), oneHot, groups: 1, conditioning })
    const gLoss = model.updateGenerator(rates, (weights, discriminator) => {
      const made = augmentation.apply(model.generate(weights, latents, oneHot))
      const fake = model.judge(discriminator, { images: made, oneHot, groups: 1, conditioning })
      return tf.mean(tf.softplus(tf.sub(paired, fake)))
    })
    augmentation.dispose()

    const { real, fake, slope } = discriminated
    const sane = Math.max(Math.abs(real), Math.abs(fake)) <= largestScore
    // The scores have no zero of their own; their difference is what the game is about.
    return { dLoss: sane ? dLoss : Number.NaN, gLoss, dReal: sigmoid(real - fake), dFake: sigmoid(fake - real), slope }
  })
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/**
 * Class-conditional residual GAN for small, unbalanced classes: relativistic pairing with gradient penalties on both sides (Huang
 * et al. 2024), differentiable augmentation (Zhao et al. 2020), the class kept out of the coarse layers and brought in late.
 */
export const crgan = crganRecipe({
  id: 'crgan',
  title: { en: 'CR-GAN', zh: 'CR-GAN（推荐）' },
  summary: {
    en: 'The default. One network for all classes, made for few and unbalanced images: rare classes borrow texture from frequent ones.',
    zh: '默认配方。一个网络学习所有类别，专为少量且不均衡的图像设计：稀有类别可借用常见类别的纹理。',
  },
  batch: batchParameter(16),
  rates: [
    rateParameter('learningRate', 5e-4),
    numberParameter('penalty', {
      label: { en: 'Gradient penalty', zh: '梯度惩罚' },
      help: {
        en: 'Relative to the schedule for this size. Raise it when training swings, lower it when images stay blurred.',
        zh: '相对于该尺寸的默认值。训练振荡时调大，图像始终模糊时调小。',
      },
      default: 1,
      min: 0,
      max: 100,
    }),
  ],
  presets: {
    XXS: {},
    XS: { width: 'XS' },
    S: { width: 'S', learningRate: 2e-4 },
    M: { width: 'M', learningRate: 2e-4, latent: 96 },
  },
  counted: (shape) => ({ generator: crganGeneratorWeights(shape), discriminator: crganDiscriminatorWeights(shape) }),
  build,
})
