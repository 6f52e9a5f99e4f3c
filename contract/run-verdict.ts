import type { ClassLikeness } from './class-likeness.ts'
import { imagesMissing, judgeLikeness } from './class-likeness.ts'
import type { MetricSeries, RunSummary } from './training.ts'

/** What to do with the samples of a run or of a class: look at them, wait, try something else, or judge by eye alone. */
export type VerdictKind = 'ready' | 'improving' | 'settled' | 'unmeasured'

/** Why nothing is said: measured too seldom so far, too few images to compare with, or a figure or its floor is not on record. */
export type UnmeasuredWhy = 'early' | 'tooFewImages' | 'notRecorded'

interface Verdict {
  readonly kind: VerdictKind
  /** Of training, until it would be ready, had it gone on as lately; null where that cannot be said, or it is ready. */
  readonly minutesMore: number | null
  /** Null where something is said. */
  readonly why: UnmeasuredWhy | null
}

export interface ClassVerdict extends Verdict {
  readonly className: string
  readonly likeness: ClassLikeness
}

export interface RunVerdict extends Verdict {
  readonly classes: readonly ClassVerdict[]
}

type JudgedRun = Pick<RunSummary, 'step' | 'seconds' | 'end'>

/** Further ahead than this, in lengths of the run so far, a straight line says nothing. */
const furthestAhead = 4

/**
 * The verdict on a run that trains, from what it has measured of itself: coverage and distance of each class against what real
 * images of the class reach among themselves, and how both went lately.
 */
export function judgeRun(
  series: MetricSeries,
  { classNames, ...run }: JudgedRun & { readonly classNames: readonly string[] },
): RunVerdict {
  const classes = judgeLikeness(series, { classNames }).flatMap((likeness) =>
    likeness.className === null ? [] : [judgeClass(likeness, { className: likeness.className, run })],
  )
  return { ...sumUp(classes), classes }
}

function judgeClass(
  likeness: ClassLikeness,
  { className, run }: { readonly className: string; readonly run: JudgedRun },
): ClassVerdict {
  const verdict = (kind: VerdictKind, more: Partial<Verdict> = {}): ClassVerdict => ({
    ...{ kind, minutesMore: null, why: null, className, likeness },
    ...more,
  })
  const { verdict: found, trend } = likeness
  if (found === 'unmeasured') {
    const why =
      imagesMissing(likeness) > 0 ? 'tooFewImages' : trend === 'early' && run.end === null ? 'early' : 'notRecorded'
    return verdict('unmeasured', { why })
  }
  // A class that looked alike once or twice may have done so by luck: green is said of a course.
  if (trend === 'early') return verdict('unmeasured', { why: 'early' })
  if (found === 'alike') return verdict('ready')
  return trend === 'rising' ? verdict('improving', { minutesMore: minutesUntil(likeness, run) }) : verdict('settled')
}

function minutesUntil({ alikeAtStep }: ClassLikeness, { step, seconds }: JudgedRun): number | null {
  if (alikeAtStep === null || step === 0) return null
  const ahead = alikeAtStep - step
  return ahead <= 0 || ahead > furthestAhead * step ? null : (ahead * seconds) / step / 60
}

/** All classes that could be compared have to be ready; a run gets better while one of its classes does. */
function sumUp(classes: readonly ClassVerdict[]): Verdict {
  const comparable = classes.filter(({ kind, why }) => kind !== 'unmeasured' || why === 'early')
  if (comparable.length === 0) {
    const small = classes.every(({ why }) => why === 'tooFewImages')
    return { kind: 'unmeasured', minutesMore: null, why: classes.length > 0 && small ? 'tooFewImages' : 'notRecorded' }
  }
  const open = comparable.filter(({ kind }) => kind !== 'ready')
  const improving = open.filter(({ kind }) => kind === 'improving')
  if (open.length === 0) return { kind: 'ready', minutesMore: null, why: null }
  if (improving.length > 0) {
    const minutes = improving.map(({ minutesMore }) => minutesMore)
    // Where one of them has stopped short, or cannot be foreseen, no time makes the run ready.
    const isForeseen = improving.length === open.length && !minutes.includes(null)
    return {
      kind: 'improving',
      minutesMore: isForeseen ? Math.max(...minutes.map((each) => each ?? 0)) : null,
      why: null,
    }
  }
  return open.every(({ kind }) => kind === 'unmeasured')
    ? { kind: 'unmeasured', minutesMore: null, why: 'early' }
    : { kind: 'settled', minutesMore: null, why: null }
}
