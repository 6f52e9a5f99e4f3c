import type { MetricSeries, Rollback, RunEnd } from '../../../contract/training.ts'
import { groupOf } from './metric-groups.ts'
import { findMetric } from './metric-names.ts'

export type HealthTone = 'unknown' | 'good' | 'warn' | 'bad'

/** What the measurements say; shares are 0 to 1. */
export type HealthFinding =
  | { readonly kind: 'lossesEarly' | 'lossesFine' | 'lossesLarge' | 'lossesLost' }
  | { readonly kind: 'lossesRolledBack'; readonly times: number; readonly last: Rollback }
  | { readonly kind: 'balanceEarly' | 'balanceFine' | 'discriminatorAhead' | 'discriminatorWon' | 'discriminatorBlind' }
  | { readonly kind: 'varietyEarly' | 'varietyFine' }
  | { readonly kind: 'classThin' | 'classCollapsed'; readonly className: string; readonly share: number }
  | { readonly kind: 'coverageFallen'; readonly share: number; readonly bestStep: number }

export interface HealthLight {
  readonly light: 'losses' | 'balance' | 'variety'
  readonly finding: HealthFinding
}

const tones: Readonly<Record<HealthFinding['kind'], HealthTone>> = {
  lossesEarly: 'unknown',
  lossesFine: 'good',
  lossesLarge: 'warn',
  lossesRolledBack: 'warn',
  lossesLost: 'bad',
  balanceEarly: 'unknown',
  balanceFine: 'good',
  discriminatorAhead: 'warn',
  discriminatorWon: 'bad',
  discriminatorBlind: 'warn',
  varietyEarly: 'unknown',
  varietyFine: 'good',
  classThin: 'warn',
  classCollapsed: 'bad',
  coverageFallen: 'bad',
}

export const toneOf = ({ finding }: HealthLight): HealthTone => tones[finding.kind]

/** The light that most needs to be read. */
export function worstLight(lights: readonly HealthLight[]): HealthLight | null {
  const order: readonly HealthTone[] = ['bad', 'warn', 'unknown', 'good']
  return lights.toSorted((a, b) => order.indexOf(toneOf(a)) - order.indexOf(toneOf(b)))[0] ?? null
}

/** One light for each thing that can go wrong with a GAN and that the recorded metrics show; none without metrics. */
export function assessHealth(
  points: MetricSeries,
  { end, rollbacks }: { readonly end: RunEnd | null; readonly rollbacks: readonly Rollback[] },
): readonly HealthLight[] {
  if (points.steps.length === 0 && end !== 'diverged') return []
  const curveOf = (name: string): Curve | undefined => findMetric(points.curves, { name, className: null })?.values
  const [dReal, dFake] = [curveOf('dReal'), curveOf('dFake')]
  return [
    { light: 'losses', finding: judgeLosses(points, { end, rollbacks }) },
    ...(dReal === undefined || dFake === undefined
      ? []
      : [{ light: 'balance' as const, finding: judgeBalance(dReal, dFake) }]),
    { light: 'variety', finding: judgeVariety(points) },
  ]
}

type Curve = readonly (number | null)[]

const fewestLosses = 5
/** Losses of every recipe stay in single figures while it learns. */
const largeLoss = 20
const largeRise = 5

function judgeLosses(
  { curves }: MetricSeries,
  { end, rollbacks }: { readonly end: RunEnd | null; readonly rollbacks: readonly Rollback[] },
): HealthFinding {
  if (end === 'diverged') return { kind: 'lossesLost' }
  const losses = curves
    .filter((curve) => groupOf(curve) === 'losses')
    .map(({ values }) => measured(values).map(Math.abs))
  if (losses.some((curve) => curve.slice(-fewestLosses).some((loss) => !Number.isFinite(loss)))) {
    return { kind: 'lossesLost' }
  }
  const last = rollbacks.at(-1)
  const rollback: HealthFinding | null =
    last === undefined ? null : { kind: 'lossesRolledBack', times: rollbacks.length, last }
  if (losses.every((curve) => curve.length < fewestLosses)) return rollback ?? { kind: 'lossesEarly' }
  const exploding = losses.some((curve) => {
    const now = mean(curve.slice(-fewestLosses))
    return now > largeLoss && now > largeRise * median(curve)
  })
  if (exploding) return { kind: 'lossesLarge' }
  return rollback ?? { kind: 'lossesFine' }
}

const fewestGaps = 20
/** D(real) − D(fake): 1 where every image is told apart, 0 where none is. */
const wonGap = 0.98
const aheadGap = 0.9
const blindGap = 0.02
/** Of the recent values: a single step back does not end a stalemate. */
const stuckShare = 0.9

function judgeBalance(dReal: Curve, dFake: Curve): HealthFinding {
  const gaps = measured(
    dReal.map((real, index) => {
      const fake = dFake[index]
      return real === null || fake === null || fake === undefined ? null : real - fake
    }),
  )
  if (gaps.length < fewestGaps) return { kind: 'balanceEarly' }
  const recent = gaps.slice(-Math.max(fewestGaps, Math.round(gaps.length / 5)))
  const isStuck = (test: (gap: number) => boolean): boolean => recent.filter(test).length >= stuckShare * recent.length
  if (isStuck((gap) => gap > wonGap)) return { kind: 'discriminatorWon' }
  if (isStuck((gap) => gap > aheadGap)) return { kind: 'discriminatorAhead' }
  if (isStuck((gap) => gap < blindGap)) return { kind: 'discriminatorBlind' }
  return { kind: 'balanceFine' }
}

const fewestMeasurements = 3
/** A network that has only begun has little variety without having lost any. */
const settledMeasurements = 6
const collapsedShare = 0.3
const thinShare = 0.6
/** Below this, coverage was never high enough to fall from. */
const leastCoverage = 0.1

function judgeVariety({ steps, curves }: MetricSeries): HealthFinding {
  const coverage = fallOf(findMetric(curves, { name: 'coverage', className: null })?.values ?? [], steps)
  const classes = curves
    .flatMap(({ name, className, values }) =>
      name === 'diversity' && className !== null ? [{ className, shares: measured(values) }] : [],
    )
    .filter(({ shares }) => isSettled(shares))
    .map(({ className, shares }) => ({ className, share: mean(shares.slice(-2)) }))
    .toSorted((a, b) => a.share - b.share)
  const [poorest] = classes
  if (poorest !== undefined && poorest.share < collapsedShare) return { kind: 'classCollapsed', ...poorest }
  if (coverage !== null && coverage.share < collapsedShare) return { kind: 'coverageFallen', ...coverage }
  if (poorest !== undefined && poorest.share < thinShare) return { kind: 'classThin', ...poorest }
  return { kind: poorest === undefined && coverage === null ? 'varietyEarly' : 'varietyFine' }
}

/** Coverage now as a share of the best it was, and where that was; null before there is enough to tell. */
function fallOf(curve: Curve, steps: readonly number[]): { readonly share: number; readonly bestStep: number } | null {
  const known = measured(curve)
  const best = Math.max(...known)
  if (!isSettled(known) || best < leastCoverage) return null
  return { share: mean(known.slice(-2)) / best, bestStep: steps[curve.indexOf(best)] ?? 0 }
}

function isSettled(values: readonly number[]): boolean {
  if (values.length < fewestMeasurements) return false
  const stillRising = values.at(-1) === Math.max(...values)
  return !stillRising || values.length >= settledMeasurements
}

const measured = (curve: Curve): readonly number[] => curve.filter((value) => value !== null)

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
