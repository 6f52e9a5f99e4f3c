import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import type { TensorFlow } from '../../engines/engine.ts'
import { buildNetwork } from '../../networks/build-network.ts'
import { countParameters } from '../../networks/layer-spec.ts'
import { adversarialGan, type Condition } from '../../adversarial/adversarial-gan.ts'
import { numberOf } from '../../adversarial/gan.ts'
import { flatSizes } from '../mlp-gan/mlp-gan.ts'
import { mlpDiscriminator, mlpGenerator } from '../mlp-gan/mlp-networks.ts'
import type { Recipe } from '../recipe.ts'
import { batchParameter, dropoutParameter, latentParameter, rateParameter } from '../recipe-parameters.ts'
import { torchAdam } from '../../adversarial/classic-adam.ts'

/** The one-hot class is appended to the noise, and to the image where the discriminator judges the pair. */
function appendClass(
  tf: TensorFlow,
  { classCount, pixels, pair }: { classCount: number; pixels: number; pair: boolean },
): Condition {
  const append = (values: Tensor, labels: readonly number[]): Tensor =>
    tf.concat(
      [values.reshape([labels.length, -1]) as Tensor2D, tf.oneHot([...labels], classCount).cast('float32') as Tensor2D],
      1,
    )
  return {
    toGenerator: append,
    toDiscriminator: (images, labels) => (pair ? append(images, labels) : images),
    toImages: (gradient) => (pair ? gradient.reshape([gradient.shape[0], -1]).slice([0, 0], [-1, pixels]) : gradient),
  }
}

/** Conditional GAN (Mirza & Osindero 2014) on fully connected networks. */
export const cganConcat: Recipe = {
  id: 'cgan-concat',
  title: { en: 'Conditional MLP GAN', zh: '条件多层感知机 GAN' },
  summary: {
    en: 'Fully connected, all classes in one network: the class is appended to noise and image. A baseline.',
    zh: '全连接神经网络，一个模型学习所有类别：类别附加在噪声和图像之后。适合作为基线。',
  },
  scope: 'all-classes',
  trains: true,
  sizes: flatSizes,
  channels: [1, 3],
  parameters: [
    batchParameter(64),
    rateParameter('learningRate', 2e-4),
    latentParameter(100),
    dropoutParameter(0.3),
    {
      kind: 'boolean',
      name: 'judgesPair',
      label: { en: 'Discriminator sees the class', zh: '判别器可见类别' },
      help: {
        en: 'On: it judges whether image and class belong together. Off: the source’s form, which judges the image alone.',
        zh: '开启：判断图像与类别是否匹配。关闭：按原始实现，仅判断图像本身。',
      },
      default: true,
    },
  ],
  presets: { corrected: {}, published: { judgesPair: false } },
  published: { size: 28, channels: 1 },
  minimum: { imagesPerClass: 2, classes: 2 },
  parameterCounts: ({ size, channels, classCount, parameters }) => {
    const pixels = size * size * channels
    const condition = parameters['judgesPair'] === true ? classCount : 0
    return {
      generator: countParameters(mlpGenerator(numberOf(parameters, 'latent') + classCount, pixels)),
      discriminator: countParameters(mlpDiscriminator(pixels + condition, 0)),
    }
  },
  build: (options) => {
    const { engine, parameters, height, width, channels, classCount, random } = options
    const pixels = height * width * channels
    const latentLength = numberOf(parameters, 'latent')
    const pair = parameters['judgesPair'] === true
    const common = { initialisation: 'torch', random: random.weights } as const
    const judged = mlpDiscriminator(pixels + (pair ? classCount : 0), numberOf(parameters, 'dropout'))
    const rate = numberOf(parameters, 'learningRate')
    return adversarialGan(options, {
      generator: buildNetwork(engine, mlpGenerator(latentLength + classCount, pixels), {
        name: 'generator',
        ...common,
      }),
      discriminator: buildNetwork(engine, judged, { name: 'discriminator', ...common }),
      batch: numberOf(parameters, 'batch'),
      latentLength,
      generatorRate: rate,
      discriminatorRate: rate,
      adam: torchAdam,
      discriminatorUpdates: 'one-batch',
      condition: appendClass(engine.tf, { classCount, pixels, pair }),
    })
  },
}
