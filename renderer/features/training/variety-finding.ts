import type { MetricSeries } from '../../../contract/training.ts'
import { fewestMeasurements } from '../../../contract/measured-course.ts'
import type { HealthFinding, RunOfHealth } from './health-finding.ts'
import { findMetric } from '../../../contract/metric-names.ts'

type Curve = readonly (number | null)[]

/** A network that has only begun has little variety without having lost any. */
const settledMeasurements = 6
const collapsedShare = 0.3
const thinShare = 0.6
/** Below this, coverage was never high enough to fall from. */
const leastCoverage = 0.1

const early: HealthFinding = { kind: 'varietyEarly' }

export function judgeVariety({ steps, curves }: MetricSeries, { classNames }: RunOfHealth): HealthFinding {
  const coverage = fallOf(findMetric(curves, { name: 'coverage', className: null })?.values ?? [], steps)
  const classes = classNames
    .map((className) => ({
      className,
      shares: measured(findMetric(curves, { name: 'diversity', className })?.values ?? []),
      /** Measured along, however few they are. */
      images: findMetric(curves, { name: 'images', className })?.values.findLast((value) => value !== null) ?? null,
    }))
    .map((entry) => ({ ...entry, share: mean(entry.shares.slice(-2)), isSettled: isSettled(entry.shares) }))
  const known = classes.filter(({ shares }) => shares.length > 0).toSorted((a, b) => a.share - b.share)
  const [poorest] = known.filter((entry) => entry.isSettled)
  const findingOn = (
    kind: 'classThin' | 'classCollapsed' | 'varietyRising' | 'varietyFine',
    { className, share, images }: Pick<(typeof classes)[number], 'className' | 'share' | 'images'>,
  ): HealthFinding => ({ kind, className, share, images })
  if (poorest !== undefined && poorest.share < collapsedShare) return findingOn('classCollapsed', poorest)
  if (coverage !== null && coverage.share < collapsedShare) return { kind: 'coverageFallen', ...coverage }
  if (poorest !== undefined && poorest.share < thinShare) return findingOn('classThin', poorest)
  // Good is said of all classes or of none.
  const rising = known.find((entry) => !entry.isSettled)
  if (rising !== undefined)
    return rising.shares.length < fewestMeasurements ? early : findingOn('varietyRising', rising)
  const unmeasured = classes.find(({ shares, images }) => shares.length === 0 && images !== null)
  if (unmeasured !== undefined) return { kind: 'varietyUnmeasured', className: unmeasured.className }
  return poorest === undefined || known.length < classes.length ? early : findingOn('varietyFine', poorest)
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
  const stillRising = (values.at(-1) ?? 0) > Math.max(...values.slice(0, -1))
  return !stillRising || values.length >= settledMeasurements
}

const measured = (curve: Curve): readonly number[] => curve.filter((value) => value !== null)

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
