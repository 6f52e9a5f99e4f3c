import { buildNetwork } from '../../networks/build-network.ts'
import { countParameters, kerasBatchNorm, leakyRelu, relu, tanh, type LayerSpec } from '../../networks/layer-spec.ts'
import { adversarialGan } from '../../adversarial/adversarial-gan.ts'
import { numberOf } from '../../adversarial/gan.ts'
import type { Recipe } from '../recipe.ts'
import { batchParameter, dropoutParameter, latentParameter, rateParameter } from '../recipe-parameters.ts'
import { kerasAdam } from '../../adversarial/classic-adam.ts'
import { sizesBetween } from '../sizes.ts'

interface Shape {
  readonly height: number
  readonly width: number
  readonly channels: number
}

const convolution = (from: number, to: number, stride: number): LayerSpec => ({
  kind: 'convolution',
  from,
  to,
  kernel: 3,
  stride,
  padding: 'same',
  bias: true,
})

const generatorLayers = (
  { height, width, channels }: Shape,
  { latent, output }: { latent: number; output: LayerSpec },
): readonly LayerSpec[] => [
  { kind: 'dense', from: latent, to: (128 * height * width) / 16 },
  relu,
  { kind: 'reshape', shape: [height / 4, width / 4, 128] },
  { kind: 'upsample' },
  convolution(128, 128, 1),
  relu,
  kerasBatchNorm(128),
  { kind: 'upsample' },
  convolution(128, 64, 1),
  relu,
  kerasBatchNorm(64),
  convolution(64, channels, 1),
  output,
]

function discriminatorLayers({ height, width, channels }: Shape, rate: number): readonly LayerSpec[] {
  const dropout: LayerSpec = { kind: 'dropout', rate }
  const left = (length: number): number => Math.ceil((Math.ceil(length / 4) + 1) / 2)
  return [
    convolution(channels, 32, 2),
    leakyRelu,
    dropout,
    convolution(32, 64, 2),
    { kind: 'padEnd' },
    kerasBatchNorm(64),
    leakyRelu,
    dropout,
    convolution(64, 128, 2),
    kerasBatchNorm(128),
    leakyRelu,
    dropout,
    convolution(128, 256, 1),
    kerasBatchNorm(256),
    leakyRelu,
    dropout,
    { kind: 'dense', from: 256 * left(height) * left(width), to: 1 },
  ]
}

/** The small Keras DCGAN that upsamples and convolves instead of transposing; published for 28 × 28 grey images. */
export const dcgan28Upsampling: Recipe = {
  id: 'dcgan-28-upsampling',
  title: { en: 'Upsampling DCGAN', zh: '上采样 DCGAN' },
  summary: {
    en: 'Small convolutional GAN without checkerboard patterns, one class a run. Published for 28 × 28 grey images; takes other sizes.',
    zh: '不产生棋盘格伪影的小型卷积 GAN，每次训练一个类别。原用于 28×28 灰度图像，也支持其他尺寸。',
  },
  scope: 'one-class',
  trains: true,
  sizes: sizesBetween({ min: 16, max: 128, step: 4 }),
  channels: [1, 3],
  parameters: [
    batchParameter(32),
    rateParameter('learningRate', 2e-4),
    latentParameter(100),
    dropoutParameter(0.25),
    {
      kind: 'choice',
      name: 'output',
      label: { en: 'Last activation', zh: '输出激活函数' },
      help: {
        en: 'tanh covers dark and bright alike. source-output is the published ReLU, which cannot make anything darker than mid-grey.',
        zh: 'tanh 可覆盖明暗全范围。source-output 为原始的 ReLU，无法生成比中灰更暗的像素。',
      },
      default: 'tanh',
      choices: ['tanh', 'source-output'],
    },
  ],
  presets: { corrected: {}, published: { output: 'source-output' } },
  published: { size: 28, channels: 1 },
  minimum: { imagesPerClass: 2, classes: 1 },
  parameterCounts: ({ size, channels, parameters }) => {
    const shape: Shape = { height: size, width: size, channels }
    return {
      generator: countParameters(generatorLayers(shape, { latent: numberOf(parameters, 'latent'), output: tanh })),
      discriminator: countParameters(discriminatorLayers(shape, 0)),
    }
  },
  build: (options) => {
    const { engine, parameters, height, width, channels, random } = options
    const shape: Shape = { height, width, channels }
    const latent = numberOf(parameters, 'latent')
    const output = parameters['output'] === 'source-output' ? relu : tanh
    const common = { initialisation: 'keras', random: random.weights } as const
    const rate = numberOf(parameters, 'learningRate')
    return adversarialGan(options, {
      generator: buildNetwork(engine, generatorLayers(shape, { latent, output }), { name: 'generator', ...common }),
      discriminator: buildNetwork(engine, discriminatorLayers(shape, numberOf(parameters, 'dropout')), {
        name: 'discriminator',
        ...common,
      }),
      batch: numberOf(parameters, 'batch'),
      latentLength: latent,
      generatorRate: rate,
      discriminatorRate: rate,
      adam: kerasAdam,
      discriminatorUpdates: 'separate',
    })
  },
}
