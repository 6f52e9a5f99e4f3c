import type { Channels } from '../../../contract/project.ts'
import type { Engine } from '../engines/engine.ts'
import { readValues } from '../engines/engine.ts'
import type { NamedTensor } from '../safetensors.ts'
import { classifierFeatureLength, createClassifier, type Classifier } from './classifier.ts'
import type { FeatureNetwork } from './feature-network.ts'
import type { LabelledImages } from './labelled-images.ts'
import { trainClassifier } from './train-classifier.ts'

/** Another seed and other widths than any classifier that judges usefulness. */
const widths = [16, 32, 48, 64] as const
const seed = 41

/** Networks that learn the classes, each without one fold of the train images. */
export const domainFolds = 3
export const domainFeatureLength = classifierFeatureLength(widths)
/** Of one network: its features, then the probability of every class. */
export const domainVectorLength = (classCount: number): number => domainFeatureLength + classCount

interface Shape {
  readonly channels: Channels
  readonly classCount: number
}

/** All networks as one: their vectors one after the other. */
export function joinNetworks(engine: Engine, networks: readonly Classifier[]): FeatureNetwork {
  return {
    length: networks.reduce((sum, each) => sum + each.featuresAndProbabilities.length, 0),
    extract: (images) =>
      engine.tf.tidy(() =>
        engine.tf.concat(
          networks.map((each) => each.featuresAndProbabilities.extract(images)),
          1,
        ),
      ),
    dispose: () => {
      for (const each of networks) each.dispose()
    },
  }
}

/** @param foldOf of every image; the network of a fold learns from the images of the others */
export function trainDomainNetworks(
  set: LabelledImages,
  {
    engine,
    classCount,
    foldOf,
    steps,
    onStep,
  }: {
    readonly engine: Engine
    readonly classCount: number
    readonly foldOf: readonly number[]
    readonly steps: number
    readonly onStep: (done: number, total: number) => void
  },
): readonly Classifier[] {
  return Array.from({ length: domainFolds }, (_, fold) =>
    trainClassifier(withoutFold(set, { foldOf, fold }), {
      engine,
      classCount,
      seed: seed + fold,
      widths,
      steps,
      onStep: (step) => {
        onStep(fold * steps + step + 1, domainFolds * steps)
      },
    }),
  )
}

function withoutFold(
  set: LabelledImages,
  { foldOf, fold }: { readonly foldOf: readonly number[]; readonly fold: number },
): LabelledImages {
  const kept = set.labels.flatMap((_, index) => (foldOf[index] === fold ? [] : [index]))
  const length = set.size * set.size * set.channels
  const pixels = new Uint8Array(kept.length * length)
  kept.forEach((index, place) => {
    pixels.set(set.pixels.subarray(index * length, (index + 1) * length), place * length)
  })
  return { ...set, pixels, count: kept.length, labels: kept.map((index) => set.labels[index] ?? 0) }
}

const nameIn = (fold: number, name: string): string => `fold${fold}/${name}`

export const tensorsOf = (engine: Engine, networks: readonly Classifier[]): readonly NamedTensor[] =>
  networks.flatMap(({ parameters }, fold) =>
    parameters.map((parameter) => ({
      name: nameIn(fold, parameter.name),
      shape: parameter.shape,
      values: readValues(engine.tf, parameter),
    })),
  )

/** Null where the tensors are of other networks. */
export function networksOf(
  tensors: readonly NamedTensor[],
  { engine, ...shape }: Shape & { readonly engine: Engine },
): readonly Classifier[] | null {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]))
  const networks = Array.from({ length: domainFolds }, (_, fold) =>
    createClassifier(engine, { ...shape, widths, seed: seed + fold }),
  )
  for (const [fold, { parameters }] of networks.entries()) {
    for (const parameter of parameters) {
      const stored = byName.get(nameIn(fold, parameter.name))
      if (stored?.shape.join() !== parameter.shape.join()) {
        for (const each of networks) each.dispose()
        return null
      }
      engine.tf.tidy(() => {
        parameter.write(engine.tf.tensor(stored.values, [...stored.shape], 'float32'))
      })
    }
  }
  return networks
}
