import { buildNetwork } from '../../networks/build-network.ts'
import { countParameters } from '../../networks/layer-spec.ts'
import { adversarialGan } from '../../adversarial/adversarial-gan.ts'
import { numberOf } from '../../adversarial/gan.ts'
import { mlpDiscriminator, mlpGenerator } from './mlp-networks.ts'
import type { Recipe } from '../recipe.ts'
import { batchParameter, dropoutParameter, latentParameter, rateParameter } from '../recipe-parameters.ts'
import { torchAdam } from '../../adversarial/classic-adam.ts'
import { sizesBetween } from '../sizes.ts'

/** A fully connected network has 1,024 weights a pixel value in its first layer: larger images would be nothing but weights. */
export const flatSizes = sizesBetween({ min: 16, max: 128, step: 4 })

/** Fully connected GAN: the smallest thing that works, and blind to where a pixel is. */
export const mlpGan: Recipe = {
  id: 'mlp-gan',
  title: { en: 'MLP GAN', zh: '多层感知机 GAN' },
  summary: {
    en: 'Fully connected, one class a run. Fast and coarse: a baseline, rarely good enough for real textures.',
    zh: '全连接神经网络，每次训练一个类别。速度快但粗糙：适合作为基线，很少能胜任真实纹理。',
  },
  scope: 'one-class',
  trains: true,
  sizes: flatSizes,
  channels: [1, 3],
  parameters: [batchParameter(64), rateParameter('learningRate', 2e-4), latentParameter(100), dropoutParameter(0.3)],
  presets: { published: {} },
  published: { size: 28, channels: 1 },
  minimum: { imagesPerClass: 2, classes: 1 },
  parameterCounts: ({ size, channels, parameters }) => {
    const pixels = size * size * channels
    return {
      generator: countParameters(mlpGenerator(numberOf(parameters, 'latent'), pixels)),
      discriminator: countParameters(mlpDiscriminator(pixels, 0)),
    }
  },
  build: (options) => {
    const { engine, parameters, height, width, channels, random } = options
    const pixels = height * width * channels
    const common = { initialisation: 'torch', random: random.weights } as const
    const rate = numberOf(parameters, 'learningRate')
    return adversarialGan(options, {
      generator: buildNetwork(engine, mlpGenerator(numberOf(parameters, 'latent'), pixels), {
        name: 'generator',
        ...common,
      }),
      discriminator: buildNetwork(engine, mlpDiscriminator(pixels, numberOf(parameters, 'dropout')), {
        name: 'discriminator',
        ...common,
      }),
      batch: numberOf(parameters, 'batch'),
      latentLength: numberOf(parameters, 'latent'),
      generatorRate: rate,
      discriminatorRate: rate,
      adam: torchAdam,
      discriminatorUpdates: 'one-batch',
    })
  },
}
