import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import type { Engine } from '../engines/engine.ts'
import { Adam } from '../networks/adam.ts'
import { buildNetwork } from '../networks/build-network.ts'
import { Gradients } from '../networks/gradients.ts'
import type { Layer, Pass } from '../networks/layer.ts'
import { torchBatchNorm } from '../networks/layer-spec.ts'
import { categoricalCrossEntropy } from '../networks/losses.ts'
import { RandomStream } from '../../random/random-stream.ts'
import { extractFeatures, type FeatureNetwork, type ImageBatch } from './feature-network.ts'
import { drawBalancedBatch, type LabelledImages } from './labelled-images.ts'
import { GlobalMeanLayer, ResidualBlock } from './residual-layers.ts'

export interface ClassifierOptions {
  readonly engine: Engine
  readonly classCount: number
  readonly seed: number
  /** Channels after the first convolution and after every residual block; each halves the image. */
  readonly widths: readonly number[]
  readonly steps: number
  readonly batch?: number
  /** Called after every step, e.g. to let others work or to stop by throwing. */
  readonly onStep?: (step: number, loss: number) => void
}

export interface Classifier {
  /** Class index of every image. */
  predict(images: ImageBatch): readonly number[]
  /** Pooled output of the last two blocks. */
  readonly features: FeatureNetwork
  dispose(): void
}

const startRate = 2e-3

/**
 * A small residual network that tells the classes of a set apart. Classes are drawn equally often however rare, the rate falls
 * along a cosine to 0, and everything follows from the seed.
 */
export function trainClassifier(set: LabelledImages, options: ClassifierOptions): Classifier {
  const { engine, classCount, seed, widths, steps, batch = 32, onStep } = options
  const { tf } = engine
  const { stages, head } = buildLayers(engine, { channels: set.channels, widths, classCount, seed })
  const parameters = [...stages, head].flatMap((layer) => layer.parameters)
  const adam = new Adam(engine, parameters, { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, epsilonJoins: 'corrected' })
  const pool = new GlobalMeanLayer()
  const random = RandomStream.fromSeed(seed, 'classifier batches')
  const training: Pass = { training: true, dropout: random }
  const inference: Pass = { training: false, dropout: random }

  for (let step = 0; step < steps; step++) {
    const drawn = drawBalancedBatch(set, { batch, random })
    const rate = (startRate / 2) * (1 + Math.cos((Math.PI * step) / steps))
    const loss = tf.tidy(() => {
      const images = tf.tensor4d(drawn.images, [batch, set.size, set.size, set.channels])
      const oneHot = tf.oneHot([...drawn.labels], classCount).cast<Tensor2D>('float32')
      const passes = forwardAll([...stages, pool, head], images)
      const { value, gradient } = categoricalCrossEntropy(tf, passes.output, oneHot)
      const gradients = new Gradients()
      passes.backward(gradient, gradients)
      adam.apply(gradients, { rate })
      return value.dataSync()[0] ?? Number.NaN
    })
    onStep?.(step, loss)
  }
  for (const moment of adam.moments) moment.dispose()

  const mapsOf = (images: Tensor4D): readonly Tensor[] => {
    const maps: Tensor[] = []
    let output: Tensor = images
    for (const stage of stages) {
      output = stage.forward(output, inference).output
      maps.push(output)
    }
    return maps.slice(-2)
  }
  const disposeAll = (): void => {
    for (const parameter of parameters) parameter.dispose()
  }
  const asNetwork = (length: number, extract: (maps: readonly Tensor[]) => Tensor): FeatureNetwork => ({
    length,
    extract: (images) => tf.tidy(() => extract(mapsOf(images)) as Tensor2D),
    dispose: disposeAll,
  })
  const pooled = (maps: Tensor | undefined): Tensor => {
    if (maps === undefined) throw new Error('a classifier needs two stages')
    return pool.forward(maps).output
  }
  const logits = asNetwork(classCount, (maps) => head.forward(pooled(maps.at(-1)), inference).output)
  const featureLength = widths.slice(-2).reduce((sum, width) => sum + width, 0)
  return {
    predict: (images) => {
      const { rows, columns, values } = extractFeatures({ engine, network: logits }, images)
      return Array.from({ length: rows }, (_, row) =>
        indexOfLargest(values.subarray(row * columns, (row + 1) * columns)),
      )
    },
    features: asNetwork(featureLength, (maps) => tf.concat(maps.map(pooled), 1)),
    dispose: disposeAll,
  }

  function forwardAll(layers: readonly Layer[], images: Tensor) {
    let output = images
    const backwards = layers.map((layer) => {
      const forward = layer.forward(output, training)
      output = forward.output
      return forward.backward
    })
    return {
      output,
      backward: (outputGradient: Tensor, into: Gradients): void => {
        let gradient: Tensor | null = outputGradient
        for (let index = backwards.length - 1; index >= 0; index--) {
          if (gradient === null) throw new Error('a layer gave no gradient at its input')
          gradient = backwards[index]?.(gradient, into, { wantsInput: index > 0 }) ?? null
        }
      },
    }
  }
}

function buildLayers(
  engine: Engine,
  {
    channels,
    widths,
    classCount,
    seed,
  }: { channels: number; widths: readonly number[]; classCount: number; seed: number },
): { readonly stages: readonly Layer[]; readonly head: Layer } {
  const random = RandomStream.fromSeed(seed, 'classifier weights')
  const [first = 16, ...others] = widths
  const stem = buildNetwork(
    engine,
    [
      { kind: 'convolution', from: channels, to: first, kernel: 5, stride: 2, padding: 'same', bias: false },
      torchBatchNorm(first),
      { kind: 'activation', name: 'relu' },
    ],
    { name: 'classifier/stem', initialisation: 'keras', random },
  )
  const blocks = others.map(
    (to, index) => new ResidualBlock(engine, { name: `classifier/${index}`, from: widths[index] ?? first, to, random }),
  )
  const last = widths.at(-1) ?? first
  const head = buildNetwork(engine, [{ kind: 'dense', from: last, to: classCount }], {
    name: 'classifier/head',
    initialisation: 'keras',
    random,
  })
  return { stages: [stem, ...blocks], head }
}

const indexOfLargest = (values: Float32Array): number =>
  values.indexOf(values.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY))
