import type { Channels } from '../../../../contract/project.ts'
import { buildNetwork } from '../../networks/build-network.ts'
import { countParameters, leakyRelu, relu, tanh, torchBatchNorm, type LayerSpec } from '../../networks/layer-spec.ts'
import { adversarialGan } from '../../adversarial/adversarial-gan.ts'
import { numberOf } from '../../adversarial/gan.ts'
import type { NetworkShape, Recipe } from '../recipe.ts'
import { batchParameter, latentParameter, rateParameter, widthParameter } from '../recipe-parameters.ts'
import { torchAdam } from '../../adversarial/classic-adam.ts'

/** Doublings from 4 × 4, then one last layer that doubles (kernel 4) or triples (kernel 5), as 96 does. */
export interface Ladder {
  readonly doublings: number
  readonly last: 2 | 3
}

const ladders: Readonly<Record<number, Ladder>> = {
  16: { doublings: 1, last: 2 },
  24: { doublings: 1, last: 3 },
  32: { doublings: 2, last: 2 },
  48: { doublings: 2, last: 3 },
  64: { doublings: 3, last: 2 },
  96: { doublings: 3, last: 3 },
  128: { doublings: 4, last: 2 },
}

const bare = { bias: false, padding: 'same' } as const

/** Last layer of the ladder: kernel 4 stride 2, or kernel 5 stride 3, both with one pixel of padding. */
const lastStep = (last: 2 | 3) => (last === 2 ? { kernel: 4, stride: 2 } : { kernel: 5, stride: 3 })

export function dcganGenerator({
  latent,
  width,
  channels,
  ladder,
}: {
  latent: number
  width: number
  channels: Channels
  ladder: Ladder
}): readonly LayerSpec[] {
  const top = width * 2 ** ladder.doublings
  const doublings = Array.from({ length: ladder.doublings }, (_, index): readonly LayerSpec[] => {
    const from = top / 2 ** index
    return [
      { kind: 'transposedConvolution', from, to: from / 2, kernel: 4, stride: 2, ...bare },
      torchBatchNorm(from / 2),
      relu,
    ]
  })
  return [
    { kind: 'reshape', shape: [1, 1, latent] },
    { kind: 'transposedConvolution', from: latent, to: top, kernel: 4, stride: 1, bias: false, padding: 'valid' },
    torchBatchNorm(top),
    relu, // [4, 4, top]
    ...doublings.flat(),
    { kind: 'transposedConvolution', from: width, to: channels, ...lastStep(ladder.last), ...bare },
    tanh,
  ]
}

/** The 96-pixel network normalises its first layer, the power-of-two ladder (Radford et al. 2016) does not. */
export function dcganDiscriminator({
  width,
  channels,
  ladder,
}: {
  width: number
  channels: Channels
  ladder: Ladder
}): readonly LayerSpec[] {
  const halvings = Array.from({ length: ladder.doublings }, (_, index): readonly LayerSpec[] => {
    const from = width * 2 ** index
    return [
      { kind: 'convolution', from, to: from * 2, kernel: 4, stride: 2, ...bare },
      torchBatchNorm(from * 2),
      leakyRelu,
    ]
  })
  const deepest = width * 2 ** ladder.doublings
  return [
    { kind: 'convolution', from: channels, to: width, ...lastStep(ladder.last), ...bare },
    ...(ladder.last === 3 ? [torchBatchNorm(width)] : []),
    leakyRelu,
    ...halvings.flat(), // [4, 4, deepest]
    { kind: 'convolution', from: deepest, to: 1, kernel: 4, stride: 1, bias: false, padding: 'valid' },
  ]
}

function ladderOf(size: number): Ladder {
  const ladder = ladders[size]
  if (ladder === undefined) throw new RangeError(`dcgan-96 has no ladder to ${size} pixels`)
  return ladder
}

function networks({ size, channels, parameters }: Omit<NetworkShape, 'classCount'>) {
  const ladder = ladderOf(size)
  return {
    generator: dcganGenerator({
      latent: numberOf(parameters, 'latent'),
      width: numberOf(parameters, 'generatorWidth'),
      channels,
      ladder,
    }),
    discriminator: dcganDiscriminator({ width: numberOf(parameters, 'discriminatorWidth'), channels, ladder }),
  }
}

/** Deep convolutional GAN as published for water drops on glass, 96 × 96. */
export const dcgan96: Recipe = {
  id: 'dcgan-96',
  title: { en: 'DCGAN', zh: 'DCGAN' },
  summary: {
    en: 'The classic convolutional GAN, one class a run. Wants several hundred images; small classes tend to be copied.',
    zh: '经典卷积 GAN，每次训练一个类别。需要数百张图像；小类别容易出现复制样本。',
  },
  scope: 'one-class',
  trains: true,
  sizes: Object.keys(ladders).map(Number),
  channels: [1, 3],
  parameters: [
    batchParameter(16),
    rateParameter('learningRate', 2e-4),
    latentParameter(100),
    widthParameter('generatorWidth', 64),
    widthParameter('discriminatorWidth', 64),
  ],
  presets: { published: {}, light: { generatorWidth: 24, discriminatorWidth: 24 } },
  published: { size: 96, channels: 3 },
  minimum: { imagesPerClass: 2, classes: 1 },
  parameterCounts: (shape) => {
    const { generator, discriminator } = networks(shape)
    return { generator: countParameters(generator), discriminator: countParameters(discriminator) }
  },
  build: (options) => {
    const { engine, parameters, height: size, channels, random } = options
    const specs = networks({ size, channels, parameters })
    const common = { initialisation: 'dcgan', random: random.weights } as const
    return adversarialGan(options, {
      generator: buildNetwork(engine, specs.generator, { name: 'generator', ...common }),
      discriminator: buildNetwork(engine, specs.discriminator, { name: 'discriminator', ...common }),
      batch: numberOf(parameters, 'batch'),
      latentLength: numberOf(parameters, 'latent'),
      generatorRate: numberOf(parameters, 'learningRate'),
      discriminatorRate: numberOf(parameters, 'learningRate'),
      adam: torchAdam,
      discriminatorUpdates: 'joint',
    })
  },
}
