import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import type { Channels } from '../../../contract/project.ts'
import { RandomStream } from '../../random/random-stream.ts'
import type { Engine, Parameter } from '../engines/engine.ts'
import { buildNetwork } from '../networks/build-network.ts'
import type { Layer, Pass } from '../networks/layer.ts'
import { extractFeatures, type FeatureNetwork, type ImageBatch } from './feature-network.ts'
import { buildResidualStages, GlobalMeanLayer } from './residual-layers.ts'

export interface ClassifierShape {
  readonly channels: Channels
  /** Channels after the first convolution and after every residual block; each halves the image. */
  readonly widths: readonly number[]
  readonly classCount: number
}

export interface Classifier {
  /** Class index of every image. */
  predict(images: ImageBatch): readonly number[]
  /** Pooled output of the last two blocks. */
  readonly features: FeatureNetwork
  /** The same, then the probability of every class. */
  readonly featuresAndProbabilities: FeatureNetwork
  /** Everything that was learned. */
  readonly parameters: readonly Parameter[]
  /** In order, from images [n, size, size, channels] to logits [n, classCount]. */
  readonly layers: readonly Layer[]
  dispose(): void
}

/** Values in `features`. */
export const classifierFeatureLength = (widths: readonly number[]): number =>
  widths.slice(-2).reduce((sum, width) => sum + width, 0)

/** A small residual network that tells classes apart, with weights that follow from the seed. */
export function createClassifier(
  engine: Engine,
  { seed, ...shape }: ClassifierShape & { readonly seed: number },
): Classifier {
  const { tf } = engine
  const { widths, classCount } = shape
  const { stages, head } = buildLayers(engine, { ...shape, seed })
  const pool = new GlobalMeanLayer()
  const parameters = [...stages, head].flatMap((layer) => layer.parameters)
  const inference: Pass = { training: false, dropout: RandomStream.fromSeed(seed, 'unused') }

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
  const logitsOf = (maps: readonly Tensor[]): Tensor => head.forward(pooled(maps.at(-1)), inference).output
  const logits = asNetwork(classCount, logitsOf)
  const featureLength = classifierFeatureLength(widths)
  return {
    parameters,
    layers: [...stages, pool, head],
    predict: (images) => {
      const { rows, columns, values } = extractFeatures({ engine, network: logits }, images)
      return Array.from({ length: rows }, (_, row) =>
        indexOfLargest(values.subarray(row * columns, (row + 1) * columns)),
      )
    },
    features: asNetwork(featureLength, (maps) => tf.concat(maps.map(pooled), 1)),
    // [n, features + classes]
    featuresAndProbabilities: asNetwork(featureLength + classCount, (maps) =>
      tf.concat([...maps.map(pooled), tf.softmax(logitsOf(maps))], 1),
    ),
    dispose: disposeAll,
  }
}

function buildLayers(
  engine: Engine,
  { channels, widths, classCount, seed }: ClassifierShape & { readonly seed: number },
): { readonly stages: readonly Layer[]; readonly head: Layer } {
  const random = RandomStream.fromSeed(seed, 'classifier weights')
  const [first = 16, ...others] = widths
  const stages = buildResidualStages(engine, { name: 'classifier', channels, widths: [first, ...others], random })
  const last = widths.at(-1) ?? first
  const head = buildNetwork(engine, [{ kind: 'dense', from: last, to: classCount }], {
    name: 'classifier/head',
    initialisation: 'keras',
    random,
  })
  return { stages, head }
}

const indexOfLargest = (values: Float32Array): number =>
  values.indexOf(values.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY))
