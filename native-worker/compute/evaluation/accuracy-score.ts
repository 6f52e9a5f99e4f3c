import { scoreClassification, type ClassificationScore } from '../../evaluation/classification-score.ts'
import type { Engine } from '../engines/engine.ts'
import type { LabelledImages } from './labelled-images.ts'
import { trainClassifier, type Classifier } from './train-classifier.ts'

/** Another seed and other widths than the feature network: the judge of usefulness must not be the judge of likeness. */
const widths = [24, 48, 64, 64] as const

export interface JudgeOptions {
  readonly engine: Engine
  readonly classCount: number
  readonly seed: number
  readonly steps?: number
}

/** The classifier of both arms: same layers, seed and steps, whatever it learns from. */
export const trainJudge = (set: LabelledImages, { engine, classCount, seed, steps = 300 }: JudgeOptions): Classifier =>
  trainClassifier(set, { engine, classCount, seed: seed + 7919, widths, steps })

/** How well a classifier knows held-out images. */
export const testClassifier = (
  classifier: Classifier,
  test: LabelledImages,
  { classCount }: { classCount: number },
): ClassificationScore => scoreClassification(test.labels, classifier.predict(test), { classCount })

/**
 * Classification accuracy score (Ravuri & Vinyals 2019; GAN-train of Shmelkov et al. 2018): learns from synthetic images only,
 * with the real class counts, and is tested on held-out real ones. Read as a share of what real images teach.
 */
export function scoreSyntheticTraining(
  synthetic: LabelledImages,
  { test, ...options }: JudgeOptions & { readonly test: LabelledImages },
): ClassificationScore {
  const classifier = trainJudge(synthetic, options)
  const score = testClassifier(classifier, test, options)
  classifier.dispose()
  return score
}
