import { scoreClassification, type ClassificationScore } from '../../metrics/classification-score.ts'
import type { Engine } from '../engines/engine.ts'
import type { LabelledImages } from './labelled-images.ts'
import { trainClassifier } from './train-classifier.ts'

/** Another seed and other widths than the feature network: the judge of usefulness must not be the judge of likeness. */
const widths = [24, 48, 64, 64] as const

export interface JudgeOptions {
  readonly engine: Engine
  readonly classCount: number
  readonly seed: number
  readonly steps?: number
}

/**
 * Classification accuracy score (Ravuri & Vinyals 2019; GAN-train of Shmelkov et al. 2018): a classifier learns from a set only,
 * and is tested on held-out real images. For synthetic images take the real class counts, and read the score as a share of what
 * the real images teach: layers, seed and steps are the same whatever it learns from.
 */
export function scoreTraining(
  set: LabelledImages,
  { engine, classCount, seed, steps = 300, test }: JudgeOptions & { readonly test: LabelledImages },
): ClassificationScore {
  const classifier = trainClassifier(set, { engine, classCount, seed: seed + 7919, widths, steps })
  const predicted = classifier.predict(test)
  classifier.dispose()
  return scoreClassification(test.labels, predicted, { classCount })
}
