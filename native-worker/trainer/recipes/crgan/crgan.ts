import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import type { TensorFlow } from '../../engines/engine.ts'
import { crganDiscriminatorWeights, crganGeneratorWeights } from './crgan-architecture.ts'
import { CrganModel } from './crgan-model.ts'
import { crganRecipe, crganShape } from './crgan-recipe.ts'
import { baseParameter, editionParameter, baseNetworks, refuseForeignBase, startsFromBase } from './crgan-start.ts'
import type { BaseName } from '../../bases/base.ts'
import type { Recipe } from '../recipe.ts'
import { numberOf, scalarOf, type BuildOptions, type Gan } from '../../adversarial/gan.ts'
import { batchParameter, integerParameter, numberParameter, rateParameter } from '../recipe-parameters.ts'
import { cosineBetween, rampBetween } from '../../adversarial/schedules.ts'

/**
 * Gradient penalty from start to end of the first half of training. A tenth of what is usual: at 64 px, on few images in a few
 * minutes, the usual weight kept the discriminator from telling anything apart.
 */
const firstEditionPenalty = [
  { upTo: 48, start: 0.03, end: 0.01 },
  { upTo: 96, start: 0.1, end: 0.03 },
  { upTo: 192, start: 1, end: 0.3 },
  { upTo: 512, start: 15, end: 5 },
] as const

/** At every size: ten times as much at 128 px, as published, gave worse images. */
const secondEditionPenalty = { start: 0.1, end: 0.03 } as const

/** Part of training over which the class match comes into the discriminator's score; a base knows textures already. */
const conditioned = { fromScratch: { from: 0.05, to: 0.25 }, fromBase: { from: 0, to: 0.1 } } as const

/** Scores beyond this have left the rails. */
const largestScore = 1e3

function build(options: BuildOptions): Gan {
  const { engine, parameters, height: size } = options
  const { tf } = engine
  const model = new CrganModel(options, { beta1: 0 })
  const rate = numberOf(parameters, 'learningRate')
  const penaltyEvery = numberOf(parameters, 'penaltyEvery')
  const gain = numberOf(parameters, 'penalty')
  const { edition } = crganShape({ size, channels: options.channels, classCount: options.classCount, parameters })
  const penalty =
    edition === '2'
      ? secondEditionPenalty
      : (firstEditionPenalty.find(({ upTo }) => size <= upTo) ?? firstEditionPenalty[0])
  const ramp = startsFromBase(parameters) ? conditioned.fromBase : conditioned.fromScratch

  const lastSlope = engine.createParameter({ name: 'slope', shape: [1], trainable: false }, new Float32Array(1))

  const step: Parameters<typeof model.gan>[0] = ({ images, oneHot, progress }) => {
    const batch = oneHot.shape[0]
    const gamma = gain * cosineBetween(penalty.start, penalty.end, Math.min(1, 2 * progress))
    const conditioning = rampBetween(progress, ramp)
    const rates = {
      rate: cosineBetween(rate, rate / 4, progress),
      beta2: cosineBetween(0.9, 0.99, Math.min(1, 2 * progress)),
    }
    const both = tf.concat([oneHot, oneHot], 0) as Tensor2D
    const latents = model.drawLatents(batch)
    const augmentation = model.drawAugmentation(batch)
    const penalised = model.step % penaltyEvery === 0

    // One set of fakes serves both networks.
    const fakes = model.holdFakes(latents, oneHot)
    const seen = model.augment(tf.concat([images, fakes.images], 0)) // [2 · batch, …], real first
    const discriminated = tf.tidy(() => {
      const judgement = model.judgeNow({ images: seen, oneHot: both, groups: 2, conditioning })
      const paired = pair(judgement.scores)
      const slope = penalised ? judgement.slope() : null
      const steepness = slope === null ? 0 : sumOfSquares(tf, slope.images) / batch
      if (slope !== null) lastSlope.write(tf.tensor1d([steepness]))
      const weight = (penaltyEvery * gamma) / 2
      const gradients = judgement.weightGradients(paired.seeds, slope && { slope, gain: weight / batch })
      const value = paired.loss + weight * steepness
      model.moveDiscriminator(rates, { value, gradients })
      return { ...paired, value }
    })

    const gLoss = tf.tidy(() => {
      const judged = { images: augmentation.apply(fakes.images), oneHot, groups: 1, conditioning }
      const judgement = model.judgeNow(judged)
      const { loss: value, seeds } = persuade(judgement.scores, discriminated.realScores)
      const gradient = augmentation.gradient(judgement.imageGradient(seeds))
      model.moveGenerator(rates, fakes, { value, gradient })
      return value
    })

    const { real, fake, value: loss } = discriminated
    const sane = Math.max(Math.abs(real), Math.abs(fake)) <= largestScore
    // The scores have no zero of their own; their difference is what the game is about.
    return {
      dLoss: sane ? loss : Number.NaN,
      gLoss,
      dReal: sigmoid(real - fake),
      dFake: sigmoid(fake - real),
      slope: scalarOf(lastSlope.read()),
    }
  }
  return model.gan(step, [lastSlope])
}

/** The bases that come along are of the smallest networks; others start from a run of their own kind. */
function baseFor({ channels, parameters }: Parameters<NonNullable<Recipe['baseOf']>>[0]): BaseName | 'given' {
  if (parameters['base'] === 'run') return 'given'
  return channels === 1 ? 'surfaces-grey' : 'surfaces-colour'
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
const meanOf = (values: Float32Array): number => values.reduce((total, value) => total + value, 0) / values.length

/** Each real image's score should be above its fake's: the loss, and its gradient at the scores, which are of real images first. */
function pair(scores: Float32Array) {
  const batch = scores.length / 2
  const realScores = scores.slice(0, batch)
  const fakeScores = scores.slice(batch)
  const distances = fakeScores.map((fake, image) => fake - (realScores[image] ?? 0))
  const seeds = new Float32Array(scores.length)
  distances.forEach((distance, image) => {
    seeds[image] = -sigmoid(distance) / batch
    seeds[batch + image] = sigmoid(distance) / batch
  })
  const loss = meanOf(distances.map(softplus))
  return { loss, seeds, realScores, real: meanOf(realScores), fake: meanOf(fakeScores) }
}

/** The same from the fakes' side: their scores should be above. */
function persuade(fakeScores: Float32Array, realScores: Float32Array) {
  const distances = fakeScores.map((fake, image) => (realScores[image] ?? 0) - fake)
  return {
    loss: meanOf(distances.map(softplus)),
    seeds: distances.map((distance) => -sigmoid(distance) / distances.length),
  }
}

const sumOfSquares = (tf: TensorFlow, tensor: Tensor4D): number => scalarOf(tf.sum(tf.square(tensor)))

/**
 * Class-conditional residual GAN for small, unbalanced classes: relativistic pairing with gradient penalties on both sides (Huang
 * et al. 2024), the penalties every few steps (lazily, as Karras et al. 2020), differentiable augmentation (Zhao et al. 2020), and
 * a discriminator that looks at textures before it looks at classes.
 */
export const crgan = crganRecipe({
  id: 'crgan',
  title: { en: 'CR-GAN (recommended)', zh: 'CR-GAN（推荐）' },
  summary: {
    en: 'The default. One network for all classes, made for few and unbalanced images: rare classes borrow texture from frequent ones.',
    zh: '默认方法。一个神经网络学习所有类别，专为少量且不平衡的图像设计：稀有类别可借用常见类别的纹理。',
  },
  batch: batchParameter(8),
  rates: [
    rateParameter('learningRate', 1e-3),
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
    integerParameter('penaltyEvery', {
      label: { en: 'Penalty every … steps', zh: '梯度惩罚间隔（步）' },
      help: {
        en: 'The gradient penalty costs as much as the rest of a step. It is applied every so many steps, as many times stronger; 1 as published.',
        zh: '梯度惩罚的计算量约等于一步的其余部分。每隔若干步施加一次，强度按间隔倍增；1 为论文设置。',
      },
      default: 4,
      min: 1,
      max: 32,
    }),
  ],
  more: [editionParameter, baseParameter],
  checkTogether: refuseForeignBase,
  networkParameters: baseNetworks,
  baseOf: (shape) => (startsFromBase(shape.parameters) ? baseFor(shape) : null),
  // Runs of before there was a second edition.
  ofOlderRuns: { edition: '1', base: 'none' },
  presets: {
    XXS: {},
    XS: { base: 'none', width: 'XS', batch: 16, learningRate: 5e-4 },
    S: { base: 'none', width: 'S', batch: 16, learningRate: 2e-4 },
    M: { base: 'none', width: 'M', batch: 16, learningRate: 2e-4, latent: 96 },
  },
  counted: (shape) => ({ generator: crganGeneratorWeights(shape), discriminator: crganDiscriminatorWeights(shape) }),
  build,
})
