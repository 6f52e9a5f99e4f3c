import { scoreTraining } from '../../../native-worker/trainer/embedding/accuracy-score.ts'
import { extractFeatures, type FeatureNetwork } from '../../../native-worker/trainer/embedding/feature-network.ts'
import type { LabelledImages } from '../../../native-worker/trainer/embedding/labelled-images.ts'
import { createRandomFeatures } from '../../../native-worker/trainer/embedding/random-features.ts'
import type { Classifier } from '../../../native-worker/trainer/embedding/classifier.ts'
import { trainClassifier } from '../../../native-worker/trainer/embedding/train-classifier.ts'
import type { Engine } from '../../../native-worker/trainer/engines/engine.ts'
import { RandomStream } from '../../../native-worker/random/random-stream.ts'
import { scoreClassification, type ClassificationScore } from '../../../native-worker/metrics/classification-score.ts'
import { compareNeighbourhoods } from '../../../native-worker/metrics/compare-neighbourhoods.ts'
import { clusterDiversity, pairDiversity } from '../../../native-worker/metrics/diversity.ts'
import { selectRows, type FeatureMatrix } from '../../../native-worker/metrics/feature-matrix.ts'
import { findCopies } from '../../../native-worker/metrics/find-copies.ts'
import { kernelDistance } from '../../../native-worker/metrics/kernel-distance.ts'
import { fitStandardisation, standardise } from '../../../native-worker/metrics/standardise.ts'
import { twoSampleAccuracy } from '../../../native-worker/metrics/two-sample-accuracy.ts'
import type { StudySet } from './prepare-set.ts'

export interface SpaceJudgement {
  readonly kernel: ReturnType<typeof kernelDistance>
  readonly copies: number | null
  readonly nearestNeighbour: number | null
  readonly classes: readonly {
    readonly heldOut: number
    readonly coverage: ReturnType<typeof compareNeighbourhoods>
    readonly diversity: ReturnType<typeof pairDiversity>
    readonly clusterDiversity: ReturnType<typeof clusterDiversity>
  }[]
}

export interface Judgement {
  readonly learned: SpaceJudgement
  readonly random: SpaceJudgement
  /** Share of images of which a classifier that learned from real images says the class they were made for. */
  readonly labelFidelity: readonly (number | null)[]
}

/** Judges the images of one set: feature networks are made once, and never see held-out or synthetic images. */
export class StudyJudge {
  readonly #engine: Engine
  readonly #set: StudySet
  readonly #classifier: Classifier
  readonly #spaces: Readonly<Record<'learned' | 'random', FeatureNetwork>>

  constructor(engine: Engine, set: StudySet) {
    this.#engine = engine
    this.#set = set
    this.#classifier = trainClassifier(set.trainingImages, {
      engine,
      classCount: set.classNames.length,
      seed: 1,
      widths: [16, 32, 64, 96],
      steps: 400,
    })
    this.#spaces = { learned: this.#classifier.features, random: createRandomFeatures(engine) }
  }

  /** Balanced accuracy of the feature network's own classifier on the held-out images: how far it can be trusted. */
  get featureAccuracy(): number {
    const { heldOut, classNames } = this.#set
    return scoreClassification(heldOut.labels, this.#classifier.predict(heldOut), { classCount: classNames.length })
      .balancedAccuracy
  }

  /** What a classifier learns from these images, in the real class counts; from the real ones where none are given. */
  teach(images: LabelledImages | null, { seed }: { seed: number }): ClassificationScore {
    const { heldOut, trainingImages, classNames } = this.#set
    const classCount = classNames.length
    const lesson = images === null ? trainingImages : firstOfEachClass(images, countLabels(trainingImages, classCount))
    return scoreTraining(lesson, { engine: this.#engine, classCount, seed, test: heldOut })
  }

  judge(images: LabelledImages): Judgement {
    const classCount = this.#set.classNames.length
    const fidelity = scoreClassification(images.labels, this.#classifier.predict(images), { classCount })
    return {
      learned: this.#judgeIn('learned', images),
      random: this.#judgeIn('random', images),
      labelFidelity: fidelity.recalls,
    }
  }

  #judgeIn(space: 'learned' | 'random', images: LabelledImages): SpaceJudgement {
    const { heldOut, trainingImages, classNames } = this.#set
    const network = this.#spaces[space]
    const raw = (batch: LabelledImages): FeatureMatrix => extractFeatures({ engine: this.#engine, network }, batch)
    const trainingRaw = raw(trainingImages)
    const scale = fitStandardisation(trainingRaw)
    const training = standardise(trainingRaw, scale)
    // As many synthetic images of each class as were held out: both sides have the same mixture of classes.
    const likeHeldOut = firstOfEachClass(images, countLabels(heldOut, classNames.length))
    const real = standardise(raw(heldOut), scale)
    const synthetic = standardise(raw(likeHeldOut), scale)
    const random = RandomStream.fromSeed(1, 'study')
    const copies = findCopies(training, synthetic)
    const nearest = twoSampleAccuracy(real, synthetic, { random })
    return {
      kernel: kernelDistance(real, synthetic, { random }),
      copies: copies.kind === 'measured' ? copies.share : null,
      nearestNeighbour: nearest.kind === 'measured' ? nearest.accuracy : null,
      classes: classNames.map((_, label) => {
        const ownReal = rowsOf(real, heldOut, label)
        const own = rowsOf(synthetic, likeHeldOut, label)
        return {
          heldOut: ownReal.rows,
          coverage: compareNeighbourhoods(ownReal, own),
          diversity: pairDiversity(ownReal, own),
          clusterDiversity: clusterDiversity(ownReal, own),
        }
      }),
    }
  }
}

export const countLabels = ({ labels }: LabelledImages, classCount: number): readonly number[] =>
  Array.from({ length: classCount }, (_, label) => labels.filter((own) => own === label).length)

function rowsOf(matrix: FeatureMatrix, { labels }: LabelledImages, label: number): FeatureMatrix {
  return selectRows(
    matrix,
    labels.flatMap((own, row) => (own === label ? [row] : [])),
  )
}

/** The first `counts[label]` images of every class. */
function firstOfEachClass(images: LabelledImages, counts: readonly number[]): LabelledImages {
  const imageLength = images.size * images.size * images.channels
  const chosen = counts.flatMap((count, label) => {
    const own = images.labels.flatMap((other, row) => (other === label ? [row] : []))
    if (own.length < count) throw new Error(`class ${label} has ${own.length} synthetic images of ${count}`)
    return own.slice(0, count)
  })
  const pixels = new Uint8Array(chosen.length * imageLength)
  chosen.forEach((row, index) => {
    pixels.set(images.pixels.subarray(row * imageLength, (row + 1) * imageLength), index * imageLength)
  })
  return { ...images, pixels, count: chosen.length, labels: chosen.map((row) => images.labels[row] as number) }
}
