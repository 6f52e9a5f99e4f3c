import type { UpliftArm, UpliftClassChange } from '../../../contract/uplift.ts'
import { meanConfusion } from '../../metrics/uplift/confusion.ts'
import { correctedInterval, type Interval } from '../../metrics/uplift/corrected-interval.ts'
import { groupBootstrap } from '../../metrics/uplift/group-bootstrap.ts'
import { drawsFor } from '../../metrics/uplift/simultaneous.ts'
import { possibleInterval } from '../../metrics/uplift/possible-interval.ts'
import { judgeUplift } from '../../metrics/uplift/judge-uplift.ts'
import { RandomStream } from '../../random/random-stream.ts'
import { labelsOf, type Repeats } from './cell-book.ts'
import type { UpliftInput } from './uplift-input.ts'

type Compared = Pick<
  UpliftArm,
  | 'macroF1'
  | 'balancedAccuracy'
  | 'delta'
  | 'low'
  | 'high'
  | 'tooNoisy'
  | 'corrected'
  | 'bootstrap'
  | 'finding'
  | 'losers'
  | 'falseAlarms'
  | 'perClass'
  | 'confusion'
>

export interface Comparing {
  readonly input: UpliftInput
  readonly repeatsNeeded: number
  /** What its intervals may miss, so that those of all ways compared hold at once. */
  readonly error: number
}

/** An arm against the reference on the test images, seed by seed. */
export function compareArm(
  { arm, reference }: { readonly arm: Repeats; readonly reference: Repeats },
  { input, repeatsNeeded, error }: Comparing,
): Compared {
  const { classes, train, test } = input
  const differences = arm.scores.map((score, index) => 100 * (score.macroF1 - (reference.scores[index]?.macroF1 ?? 0)))
  const delta = meanOf(differences)
  const bootstrap = groupBootstrap(
    { truth: labelsOf(test), groups: test.groups, reference: reference.predicted, arm: arm.predicted },
    { classCount: classes.length, random: RandomStream.fromSeed(1, 'uplift bootstrap'), draws: drawsFor(error), error },
  )
  const corrected = intervalOf(differences, { tested: test.images.length, trained: train.images.length, error })
  const perClass = classes.map((_, label): UpliftClassChange =>
    compareClass(label, { arm, reference, input, repeatsNeeded, error, bootstrap: bootstrap.recalls[label] ?? null }),
  )
  const verdict = judgeUplift({
    repeats: differences.length,
    repeatsNeeded,
    intervals: [corrected, bootstrap.macroF1],
    recallChanges: perClass.map((change) => change.delta),
  })
  return {
    macroF1: arm.macroF1,
    balancedAccuracy: 100 * meanOf(arm.scores.map((score) => score.balancedAccuracy)),
    delta,
    ...possibleInterval(widest([corrected, bootstrap.macroF1]), { reference: reference.macroF1 }),
    corrected: endsOf(corrected, reference),
    bootstrap: endsOf(bootstrap.macroF1, reference),
    finding: verdict.kind,
    losers: verdict.kind === 'notMeasured' ? [] : verdict.losers.map((label) => classes[label]?.name ?? ''),
    falseAlarms: falseAlarmsOf(arm, input),
    perClass,
    confusion: meanConfusion(arm.confusions),
  }
}

function compareClass(
  label: number,
  {
    arm,
    reference,
    input: { classes, train, test },
    repeatsNeeded,
    error,
    bootstrap,
  }: {
    readonly arm: Repeats
    readonly reference: Repeats
    readonly input: UpliftInput
    readonly repeatsNeeded: number
    readonly error: number
    readonly bootstrap: Interval | null
  },
): UpliftClassChange {
  const { classId, name } = classes[label] as UpliftInput['classes'][number]
  const nTest = test.counts[label] ?? 0
  const recallsOf = (repeats: Repeats): number[] => repeats.scores.map(({ recalls }) => 100 * (recalls[label] ?? 0))
  if (nTest === 0 || bootstrap === null)
    return {
      ...{ classId, name, nTest, referenceRecall: null, recall: null },
      ...{ delta: null, low: null, high: null, finding: 'notMeasured' },
    }
  const [before, after] = [recallsOf(reference), recallsOf(arm)]
  const differences = after.map((value, index) => value - (before[index] ?? 0))
  const corrected = intervalOf(differences, { tested: nTest, trained: Math.max(1, train.counts[label] ?? 0), error })
  const intervals = [corrected, bootstrap]
  return {
    ...{ classId, name, nTest },
    referenceRecall: meanOf(before),
    recall: meanOf(after),
    delta: meanOf(differences),
    ...possibleInterval(widest(intervals), { reference: meanOf(before) }),
    finding: judgeUplift({ repeats: differences.length, repeatsNeeded, intervals, recallChanges: [] }).kind,
  }
}

const widest = (intervals: readonly Interval[]): Pick<Interval, 'low' | 'high'> => ({
  low: Math.min(...intervals.map(({ low }) => low)),
  high: Math.max(...intervals.map(({ high }) => high)),
})

function endsOf(interval: Interval, { macroF1 }: Repeats): Pick<Interval, 'low' | 'high'> {
  const { low, high } = possibleInterval(interval, { reference: macroF1 })
  return { low, high }
}

/** In percent: how many images without a defect are taken for one with. */
export function falseAlarmsOf({ scores }: Repeats, { classes }: Pick<UpliftInput, 'classes'>): number | null {
  const free = classes.findIndex(({ isFreeOfDefects }) => isFreeOfDefects)
  const recalls = scores.map(({ recalls: all }) => all[free] ?? null).filter((recall) => recall !== null)
  return recalls.length === 0 ? null : 100 * (1 - meanOf(recalls))
}

/** Of one repeat nothing can be said: anything is possible. */
const intervalOf = (
  differences: readonly number[],
  counts: { readonly tested: number; readonly trained: number; readonly error: number },
): Interval =>
  differences.length < 2 ? { mean: meanOf(differences), low: -100, high: 100 } : correctedInterval(differences, counts)

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
