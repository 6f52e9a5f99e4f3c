import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import type { Engine, Parameter } from '../../engines/engine.ts'
import { buildNetwork } from '../../networks/build-network.ts'
import type { Forward, Layer, Pass } from '../../networks/layer.ts'
import { countParameters, kerasBatchNorm, leakyRelu, relu, tanh, type LayerSpec } from '../../networks/layer-spec.ts'
import { binaryCrossEntropy, categoricalCrossEntropy } from '../../networks/losses.ts'
import type { Network } from '../../networks/network.ts'
import { adversarialGan } from '../../adversarial/adversarial-gan.ts'
import type { BuildOptions, LayeredGan } from '../../adversarial/gan.ts'
import { numberOf, scalarOf } from '../../adversarial/gan.ts'
import type { Recipe } from '../recipe.ts'
import { batchParameter, dropoutParameter, latentParameter, rateParameter } from '../recipe-parameters.ts'
import { kerasAdam } from '../../adversarial/classic-adam.ts'
import { sizesBetween } from '../sizes.ts'

interface Shape {
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly classCount: number
  readonly latent: number
  readonly dropout: number
}

const up = (from: number, to: number): LayerSpec => ({
  kind: 'transposedConvolution',
  from,
  to,
  kernel: 3,
  stride: 2,
  padding: 'same',
  bias: true,
})
const down = (from: number, to: number, stride = 2): LayerSpec => ({
  kind: 'convolution',
  from,
  to,
  kernel: 3,
  stride,
  padding: 'same',
  bias: true,
})

const generatorLayers = ({ height, width, channels, latent }: Shape): readonly LayerSpec[] => [
  { kind: 'dense', from: latent, to: (256 * height * width) / 64 },
  relu,
  { kind: 'reshape', shape: [height / 8, width / 8, 256] },
  kerasBatchNorm(256),
  up(256, 128),
  relu,
  kerasBatchNorm(128),
  up(128, 64),
  relu,
  kerasBatchNorm(64),
  up(64, channels),
  tanh,
]

const trunkLayers = ({ channels, dropout: rate }: Shape): readonly LayerSpec[] => {
  const dropout: LayerSpec = { kind: 'dropout', rate }
  return [
    down(channels, 16),
    leakyRelu,
    dropout,
    down(16, 32),
    { kind: 'padEnd' },
    leakyRelu,
    dropout,
    kerasBatchNorm(32),
    down(32, 64),
    leakyRelu,
    dropout,
    kerasBatchNorm(64),
    down(64, 128, 1),
    leakyRelu,
    dropout,
  ]
}

/** Values per image after the trunk: a quarter of the size, one more row, halved again (rounded up). */
const trunkLength = ({ height, width }: Shape): number =>
  128 * Math.ceil((height / 4 + 1) / 2) * Math.ceil((width / 4 + 1) / 2)

/** Class and noise to image: the class's embedding scales the noise, number by number. */
class LabelledGenerator implements Layer {
  readonly parameters: readonly Parameter[]
  readonly #engine: Engine
  readonly #embedding: Parameter
  readonly #network: Network

  constructor(engine: Engine, { embedding, network }: { embedding: Parameter; network: Network }) {
    this.#engine = engine
    this.#embedding = embedding
    this.#network = network
    this.parameters = [embedding, ...network.parameters]
  }

  /** @param input [batch, latent + classes]: noise and one-hot class side by side */
  forward(input: Tensor, pass: Pass): Forward {
    const { tf } = this.#engine
    const [classCount = 0, latent = 0] = this.#embedding.shape
    const noise = input.slice([0, 0], [-1, latent]) as Tensor2D
    const oneHot = input.slice([0, latent], [-1, classCount]) as Tensor2D
    const { output, backward } = this.#network.forward(
      noise.mul(oneHot.matMul(this.#embedding.read() as Tensor2D)),
      pass,
    )
    return {
      output,
      backward: (outputGradient, into) => {
        const product = backward(outputGradient, into, { wantsInput: true })
        if (product !== null) into?.add(this.#embedding, tf.matMul(oneHot, product.mul(noise) as Tensor2D, true, false))
        return null
      },
    }
  }
}

/** Image to [batch, 1 + classes]: the validity logit, then the class logits. */
class TwoHeadedDiscriminator implements Layer {
  readonly parameters: readonly Parameter[]
  readonly #engine: Engine
  readonly #trunk: Network
  readonly #validity: Network
  readonly #classes: Network

  constructor(engine: Engine, { trunk, validity, classes }: { trunk: Network; validity: Network; classes: Network }) {
    this.#engine = engine
    this.#trunk = trunk
    this.#validity = validity
    this.#classes = classes
    this.parameters = [...trunk.parameters, ...validity.parameters, ...classes.parameters]
  }

  forward(input: Tensor, pass: Pass): Forward {
    const trunk = this.#trunk.forward(input, pass)
    const validity = this.#validity.forward(trunk.output, pass)
    const classes = this.#classes.forward(trunk.output, pass)
    return {
      output: this.#engine.tf.concat([validity.output, classes.output], 1),
      backward: (outputGradient, into, options) => {
        const fromValidity = validity.backward(outputGradient.slice([0, 0], [-1, 1]), into, { wantsInput: true })
        const fromClasses = classes.backward(outputGradient.slice([0, 1], [-1, -1]), into, { wantsInput: true })
        if (fromValidity === null || fromClasses === null) throw new Error('a head gave no gradient at its input')
        return trunk.backward(fromValidity.add(fromClasses), into, options)
      },
    }
  }
}

function build(options: BuildOptions): LayeredGan {
  const { engine, parameters, random, height, width, channels, classCount } = options
  const { tf } = engine
  const latentLength = numberOf(parameters, 'latent')
  const rate = numberOf(parameters, 'learningRate')
  const shape: Shape = {
    height,
    width,
    channels,
    classCount,
    latent: latentLength,
    dropout: numberOf(parameters, 'dropout'),
  }
  const common = { initialisation: 'keras', random: random.weights } as const
  const network = (name: string, specs: readonly LayerSpec[]): Network =>
    buildNetwork(engine, specs, { name, ...common })

  const generator = new LabelledGenerator(engine, {
    embedding: engine.createParameter(
      { name: 'generator/embedding', shape: [classCount, latentLength], trainable: true },
      Float32Array.from({ length: classCount * latentLength }, () => 0.1 * random.weights.uniform() - 0.05),
    ),
    network: network('generator', generatorLayers(shape)),
  })
  const discriminator = new TwoHeadedDiscriminator(engine, {
    trunk: network('discriminator', trunkLayers(shape)),
    validity: network('discriminator/validity', [{ kind: 'dense', from: trunkLength(shape), to: 1 }]),
    classes: network('discriminator/classes', [{ kind: 'dense', from: trunkLength(shape), to: classCount }]),
  })
  const oneHotOf = (labels: readonly number[]): Tensor2D => tf.oneHot([...labels], classCount).cast('float32')
  return adversarialGan(options, {
    generator,
    discriminator,
    batch: numberOf(parameters, 'batch'),
    latentLength,
    generatorRate: rate,
    discriminatorRate: rate,
    adam: kerasAdam,
    discriminatorUpdates: 'separate',
    condition: {
      toGenerator: (latents, labels) => tf.concat([latents as Tensor2D, oneHotOf(labels)], 1),
      toDiscriminator: (images) => images,
      toImages: (gradient) => gradient,
    },
    // Drawn evenly: the classes of the real images would come as unbalanced as they are.
    drawFakeLabels: (labels) => labels.map(() => random.latents.integer(classCount)),
    judgement: (output, { target, labels }) => {
      const validity = binaryCrossEntropy(tf, output.slice([0, 0], [-1, 1]), target)
      const classes = categoricalCrossEntropy(tf, output.slice([0, 1], [-1, -1]), oneHotOf(labels))
      return {
        loss: validity.value,
        probability: validity.probability,
        classLoss: scalarOf(classes.value),
        gradient: tf.concat([validity.gradient, classes.gradient], 1),
      }
    },
  })
}

/** Auxiliary classifier GAN (Odena et al. 2017) in the small Keras form: one network for all classes. */
export const acgan: Recipe = {
  id: 'acgan',
  title: { en: 'AC-GAN', zh: 'AC-GAN' },
  summary: {
    en: 'One small network for all classes. Its source advises 2,000 images a class: smaller classes come out looking like the nearest big one.',
    zh: '一个小型神经网络学习所有类别。原作者建议每类 2000 张图像：较小的类别会变得像最接近的大类别。',
  },
  scope: 'all-classes',
  trains: true,
  sizes: sizesBetween({ min: 16, max: 256, step: 8 }),
  channels: [1, 3],
  parameters: [batchParameter(32), rateParameter('learningRate', 1e-3), latentParameter(100), dropoutParameter(0.25)],
  presets: { published: {} },
  published: { size: 64, channels: 3 },
  minimum: { imagesPerClass: 2, classes: 2 },
  parameterCounts: ({ size, channels, classCount, parameters }) => {
    const latent = numberOf(parameters, 'latent')
    const shape: Shape = { height: size, width: size, channels, classCount, latent, dropout: 0 }
    return {
      generator: classCount * latent + countParameters(generatorLayers(shape)),
      discriminator: countParameters(trunkLayers(shape)) + (trunkLength(shape) + 1) * (1 + classCount),
    }
  },
  build,
}
