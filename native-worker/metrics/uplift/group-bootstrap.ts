import type { RandomStream } from '../../random/random-stream.ts'
import { quantile } from '../order-statistics.ts'
import { confusionOf, scoreConfusion } from './confusion.ts'
import type { Interval } from './corrected-interval.ts'

export interface PairedPredictions {
  /** Class index of every test image. */
  readonly truth: readonly number[]
  /** Images of one group show the same part and are drawn together. */
  readonly groups: readonly number[]
  /** One a repeat, in the order of the images. */
  readonly reference: readonly (readonly number[])[]
  /** Of the same repeats. */
  readonly arm: readonly (readonly number[])[]
}

export interface BootstrapIntervals {
  /** Of the macro-F1, in points. */
  readonly macroF1: Interval
  /** Of the recall of every class, in points; null where it has no test image. */
  readonly recalls: readonly (Interval | null)[]
}

/**
 * Percentile intervals of the paired difference (Efron 1979): whole groups of test images are drawn anew with replacement, class by
 * class, and so are the repeats; both sides are scored on the same draw.
 * @param classCount of the classification, tested or not
 * @param error share of cases that an interval may miss: 0.05 for 95 % intervals
 */
export function groupBootstrap(
  { truth, groups, reference, arm }: PairedPredictions,
  {
    classCount,
    random,
    draws = 2000,
    error = 0.05,
  }: {
    readonly classCount: number
    readonly random: RandomStream
    readonly draws?: number
    readonly error?: number
  },
): BootstrapIntervals {
  const repeats = reference.length
  const strata = groupsByClass(truth, groups, { classCount })
  // What each group adds to the counts of each repeat, so that a draw is a sum.
  const cells = classCount * classCount
  const tallies = (predictions: readonly (readonly number[])[]): readonly (readonly Float64Array[])[] =>
    predictions.map((predicted) =>
      strata.flatMap((stratum) =>
        stratum.map((members) =>
          Float64Array.from(
            confusionOf(
              members.map((image) => truth[image] ?? 0),
              members.map((image) => predicted[image] ?? 0),
              { classCount },
            ).flat(),
          ),
        ),
      ),
    )
  const tallied = { reference: tallies(reference), arm: tallies(arm) }
  const differences: number[] = []
  const ofRecall: number[][] = Array.from({ length: classCount }, () => [])
  for (let draw = 0; draw < draws; draw++) {
    const chosen: number[] = []
    let first = 0
    for (const { length } of strata) {
      for (let place = 0; place < length; place++) chosen.push(first + random.integer(length))
      first += length
    }
    let difference = 0
    const recalls = new Float64Array(classCount)
    for (let place = 0; place < repeats; place++) {
      const repeat = random.integer(repeats)
      const before = scoreDraw(tallied.reference[repeat] ?? [], chosen, { classCount, cells })
      const after = scoreDraw(tallied.arm[repeat] ?? [], chosen, { classCount, cells })
      difference += (after.macroF1 - before.macroF1) / repeats
      for (let label = 0; label < classCount; label++)
        recalls[label] = (recalls[label] ?? 0) + ((after.recalls[label] ?? 0) - (before.recalls[label] ?? 0)) / repeats
    }
    differences.push(100 * difference)
    recalls.forEach((value, label) => ofRecall[label]?.push(100 * value))
  }
  return {
    macroF1: intervalOf(differences, error),
    recalls: ofRecall.map((values, label) => ((strata[label]?.length ?? 0) === 0 ? null : intervalOf(values, error))),
  }
}

/** For every class, the members of each of its groups. */
function groupsByClass(
  truth: readonly number[],
  groups: readonly number[],
  { classCount }: { readonly classCount: number },
): readonly (readonly (readonly number[])[])[] {
  return Array.from({ length: classCount }, (_, label) => {
    const byGroup = new Map<number, number[]>()
    truth.forEach((each, image) => {
      if (each !== label) return
      const group = groups[image] ?? -1 - image
      const members = byGroup.get(group)
      if (members === undefined) byGroup.set(group, [image])
      else members.push(image)
    })
    return [...byGroup.values()]
  })
}

function scoreDraw(
  tallies: readonly Float64Array[],
  chosen: readonly number[],
  { classCount, cells }: { readonly classCount: number; readonly cells: number },
): ReturnType<typeof scoreConfusion> {
  const sum = new Float64Array(cells)
  for (const group of chosen) {
    const tally = tallies[group]
    if (tally === undefined) continue
    for (let cell = 0; cell < cells; cell++) sum[cell] = (sum[cell] ?? 0) + (tally[cell] ?? 0)
  }
  return scoreConfusion(
    Array.from({ length: classCount }, (_, label) => [...sum.subarray(label * classCount, (label + 1) * classCount)]),
  )
}

function intervalOf(values: readonly number[], error: number): Interval {
  const sorted = Float32Array.from(values)
  return {
    mean: values.reduce((total, value) => total + value, 0) / values.length,
    low: quantile(sorted, error / 2),
    high: quantile(sorted, 1 - error / 2),
  }
}
