import { buildNetwork } from '../../networks/build-network.ts'
import { countParameters, leakyRelu, torchBatchNorm, type LayerSpec } from '../../networks/layer-spec.ts'
import { adversarialGan } from '../../adversarial/adversarial-gan.ts'
import { dcganGenerator } from '../dcgan-96/dcgan-96.ts'
import { numberOf } from '../../adversarial/gan.ts'
import type { NetworkShape, Recipe } from '../recipe.ts'
import { batchParameter, latentParameter, rateParameter, widthParameter } from '../recipe-parameters.ts'
import { torchAdam } from '../../adversarial/classic-adam.ts'

/** Halvings from the image to 4 × 4: the ladder of powers of two only. */
const halvings: Readonly<Record<number, number>> = { 16: 2, 32: 3, 64: 4, 128: 5 }

function discriminatorLayers({
  width,
  channels,
  steps,
}: {
  width: number
  channels: number
  steps: number
}): readonly LayerSpec[] {
  const down = (from: number, to: number): LayerSpec => ({
    kind: 'convolution',
    from,
    to,
    kernel: 4,
    stride: 2,
    padding: 'same',
    bias: false,
    spectralNorm: true,
  })
  const deeper = Array.from({ length: steps - 1 }, (_, index): readonly LayerSpec[] => {
    const from = width * 2 ** index
    return [down(from, from * 2), torchBatchNorm(from * 2), leakyRelu]
  })
  return [
    down(channels, width),
    leakyRelu,
    ...deeper.flat(), // [4, 4, width · 2^(steps − 1)]
    { kind: 'convolution', from: width * 2 ** (steps - 1), to: 1, kernel: 4, stride: 1, padding: 'valid', bias: false },
  ]
}

function networks({ size, channels, parameters }: Omit<NetworkShape, 'classCount'>) {
  const steps = halvings[size]
  if (steps === undefined) throw new RangeError(`sn-dcgan-128 has no ladder to ${size} pixels`)
  const width = numberOf(parameters, 'generatorWidth')
  return {
    generator: dcganGenerator({
      latent: numberOf(parameters, 'latent'),
      width,
      channels,
      ladder: { doublings: steps - 1, last: 2 },
    }),
    discriminator: discriminatorLayers({ width: numberOf(parameters, 'discriminatorWidth'), channels, steps }),
  }
}

/** DCGAN with a spectrally normalised discriminator, as published for scratches on hot-rolled steel (128 × 128). */
export const snDcgan128: Recipe = {
  id: 'sn-dcgan-128',
  title: { en: 'SN-DCGAN', zh: 'SN-DCGAN（谱归一化）' },
  summary: {
    en: 'DCGAN with spectral normalisation, one class a run. Steadier than DCGAN on a few hundred images, and heavy: 57 million weights at 128 pixels.',
    zh: '带谱归一化的 DCGAN，每次训练一个类别。数百张图像时比 DCGAN 更稳定，但计算量大：128 像素时共 5700 万个权重。',
  },
  scope: 'one-class',
  trains: true,
  sizes: Object.keys(halvings).map(Number),
  channels: [1, 3],
  parameters: [
    batchParameter(12),
    rateParameter('generatorRate', 1e-4),
    rateParameter('discriminatorRate', 4e-4),
    latentParameter(100),
    widthParameter('generatorWidth', 64),
    widthParameter('discriminatorWidth', 128),
  ],
  presets: { published: {}, light: { generatorWidth: 24, discriminatorWidth: 32 } },
  published: { size: 128, channels: 3 },
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
      generatorRate: numberOf(parameters, 'generatorRate'),
      discriminatorRate: numberOf(parameters, 'discriminatorRate'),
      adam: torchAdam,
      discriminatorUpdates: 'joint',
    })
  },
}
