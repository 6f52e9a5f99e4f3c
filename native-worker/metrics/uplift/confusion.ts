/** How often images of one class were taken for another: `counts[truth][predicted]`. */
export type Confusion = readonly (readonly number[])[]

/** @param predicted class index of every image, beside the true one */
export function confusionOf(
  truth: readonly number[],
  predicted: readonly number[],
  { classCount }: { readonly classCount: number },
): Confusion {
  const counts = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0))
  truth.forEach((label, image) => {
    const row = counts[label]
    const column = predicted[image]
    if (row === undefined || column === undefined || column >= classCount)
      throw new RangeError(`image ${image} is of class ${label} and was taken for ${column ?? 'none'} of ${classCount}`)
    row[column] = (row[column] ?? 0) + 1
  })
  return counts
}

/** Means over the repeats, for a table: how many of each class's images were taken for each. */
export function meanConfusion(confusions: readonly Confusion[]): Confusion {
  const [first = []] = confusions
  return first.map((row, truth) =>
    row.map(
      (_, predicted) => confusions.reduce((sum, each) => sum + (each[truth]?.[predicted] ?? 0), 0) / confusions.length,
    ),
  )
}

export interface ConfusionScore {
  /** By class; null for a class without test images. */
  readonly recalls: readonly (number | null)[]
  /** Means over the classes that were tested. */
  readonly macroF1: number
  readonly balancedAccuracy: number
}

/** The scores of `scoreClassification`, from the counts alone. */
export function scoreConfusion(confusion: Confusion): ConfusionScore {
  const claimed = confusion.map((_, label) => confusion.reduce((sum, row) => sum + (row[label] ?? 0), 0))
  let tested = 0
  let recallSum = 0
  let f1Sum = 0
  const recalls = confusion.map((row, label) => {
    const actual = row.reduce((sum, count) => sum + count, 0)
    if (actual === 0) return null
    const found = row[label] ?? 0
    tested += 1
    recallSum += found / actual
    f1Sum += (2 * found) / (actual + (claimed[label] ?? 0))
    return found / actual
  })
  return { recalls, macroF1: f1Sum / tested, balancedAccuracy: recallSum / tested }
}
