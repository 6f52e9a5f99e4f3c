import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import { SpectralNorm } from '../../networks/spectral-norm.ts'
import { crganDiscriminatorWeights, crganGeneratorWeights, type WeightShape } from '../crgan/crgan-architecture.ts'
import { CrganModel } from '../crgan/crgan-model.ts'
import type { Weights } from '../crgan/weights.ts'
import { crganRecipe, crganShape } from '../crgan/crgan-recipe.ts'
import { numberOf, scalarOf, type BuildOptions, type Gan } from '../../adversarial/gan.ts'
import { batchParameter, numberParameter, rateParameter } from '../recipe-parameters.ts'
import { rampBetween } from '../../adversarial/schedules.ts'

/** How much of the running mean scores is kept each step. */
const scoreMemory = 0.99

const isKernel = ({ name }: WeightShape): boolean => name.endsWith('/kernel')

function build(options: BuildOptions): Gan {
  const { engine, parameters, height: size, channels, classCount, random } = options
  const { tf } = engine
  const model = new CrganModel(options, { beta1: 0 })
  const norms = new Map(
    crganDiscriminatorWeights(crganShape({ size, channels, classCount, parameters }))
      .filter(isKernel)
      .map(({ name, shape }) => {
        const vector = (side: string, length: number) => {
          const values = random.weights.normals(length)
          const norm = Math.sqrt(values.reduce((total, value) => total + value * value, 0))
          return engine.createParameter(
            { name: `discriminator/${name}/${side}`, shape: [length], trainable: false },
            values.map((value) => value / norm),
          )
        }
        const out = shape.at(-1) ?? 1
        const width = shape.slice(0, -1).reduce((product, length) => product * length, 1)
        return [name, new SpectralNorm(engine, { left: vector('left', out), right: vector('right', width) })] as const
      }),
  )
  /** Mean score of real images, then of fakes, over the last steps. */
  const anchors = engine.createParameter({ name: 'anchors', shape: [2], trainable: false }, new Float32Array(2))
  const weight = numberOf(parameters, 'leCam')
  const generatorRate = { rate: numberOf(parameters, 'generatorRate'), beta2: 0.9 }
  const discriminatorRate = { rate: numberOf(parameters, 'discriminatorRate'), beta2: 0.9 }

  const normalised =
    (weights: Weights): Weights =>
    (name) =>
      norms.get(name)?.divide(weights(name)) ?? weights(name)

  const state = [...[...norms.values()].flatMap(({ parameters: vectors }) => vectors), anchors]
  return model.gan(({ images, oneHot, progress }) => {
    const batch = oneHot.shape[0]
    const conditioning = rampBetween(progress, { from: 0.2, to: 0.45 })
    const [realAnchor = 0, fakeAnchor = 0] = anchors.read().dataSync()
    const fakes = model.generateNow(model.drawLatents(batch), oneHot)
    const seen = tf.concat([model.augment(images), model.augment(fakes)], 0) as Tensor4D
    const both = tf.concat([oneHot, oneHot], 0) as Tensor2D
    const means = { real: Number.NaN, fake: Number.NaN }

    model.iterateNorms(norms)
    const dLoss = model.updateDiscriminator(discriminatorRate, (weights) => {
      const scores = model.judge(normalised(weights), { images: seen, oneHot: both, groups: 2, conditioning })
      const [real, fake] = tf.split(scores, 2) as [Tensor, Tensor]
      Object.assign(means, { real: scalarOf(tf.mean(real)), fake: scalarOf(tf.mean(fake)) })
      const hinge = tf.add(tf.mean(tf.relu(tf.sub(1, real))), tf.mean(tf.relu(tf.add(1, fake))))
      // LeCam regularisation (Tseng et al. 2021): real scores stay near the fakes' running mean, and the other way round.
      const distance = tf.add(
        tf.mean(tf.square(tf.sub(real, fakeAnchor))),
        tf.mean(tf.square(tf.sub(fake, realAnchor))),
      )
      return tf.add(hinge, tf.mul(distance, weight))
    })
    anchors.write(
      tf.tensor1d([
        scoreMemory * realAnchor + (1 - scoreMemory) * means.real,
        scoreMemory * fakeAnchor + (1 - scoreMemory) * means.fake,
      ]),
    )

    const latents = model.drawLatents(batch)
    const augmentation = model.drawAugmentation(batch)
    const gLoss = model.updateGenerator(generatorRate, model.holdFakes(latents, oneHot), (made, weights) => {
      const input = { images: augmentation.apply(made), oneHot, groups: 1, conditioning }
      return tf.neg(tf.mean(model.judge(normalised(weights), input)))
    })
    return { dLoss, gLoss, dReal: sigmoid(means.real), dFake: sigmoid(means.fake) }
  }, state)
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/** crgan's networks under a first-order objective: hinge loss, spectral norm on D, LeCam. About twice as fast a step. */
export const crganSn = crganRecipe({
  id: 'crgan-sn',
  title: { en: 'CR-GAN, first order', zh: 'CR-GAN（一阶）' },
  summary: {
    en: 'The networks of CR-GAN with spectral norm instead of gradient penalties: faster steps, less diverse. For slow machines.',
    zh: '与 CR-GAN 相同的神经网络，用谱归一化代替梯度惩罚：每步更快，多样性略低。适合性能较低的机器。',
  },
  batch: batchParameter(16),
  rates: [
    rateParameter('generatorRate', 1e-4),
    rateParameter('discriminatorRate', 4e-4),
    numberParameter('leCam', {
      label: { en: 'LeCam weight', zh: 'LeCam 正则权重' },
      help: {
        en: 'Keeps the discriminator from being too sure on few images.',
        zh: '防止判别器在少量图像上过于自信。',
      },
      default: 0.3,
      min: 0,
      max: 10,
    }),
  ],
  presets: {},
  counted: (shape) => ({ generator: crganGeneratorWeights(shape), discriminator: crganDiscriminatorWeights(shape) }),
  build,
})
