export interface ClassificationScore {
  /** By class; null for a class without test images. */
  readonly recalls: readonly (number | null)[]
  /** Mean recall over the classes that were tested: every class weighs the same. */
  readonly balancedAccuracy: number
  /** Mean F1 over the classes that were tested. */
  readonly macroF1: number
}

/** @param predicted class index of every image, beside the true one */
export function scoreClassification(
  truth: readonly number[],
  predicted: readonly number[],
  { classCount }: { classCount: number },
): ClassificationScore {
  const perClass = Array.from({ length: classCount }, (_, label) => {
    let found = 0
    let actual = 0
    let claimed = 0
    truth.forEach((expected, index) => {
      if (expected === label) actual++
      if (predicted[index] === label) claimed++
      if (expected === label && predicted[index] === label) found++
    })
    return actual === 0 ? null : { recall: found / actual, f1: (2 * found) / (actual + claimed) }
  })
  const tested = perClass.filter((score) => score !== null)
  const mean = (pick: (score: { recall: number; f1: number }) => number): number =>
    tested.length === 0 ? Number.NaN : tested.reduce((sum, score) => sum + pick(score), 0) / tested.length
  return {
    recalls: perClass.map((score) => score?.recall ?? null),
    balancedAccuracy: mean(({ recall }) => recall),
    macroF1: mean(({ f1 }) => f1),
  }
}
