import type { MetricSeries } from '../../../contract/training.ts'
import type { HealthFinding, RunOfHealth } from './health-finding.ts'
import { groupOf } from './metric-groups.ts'

const fewestLosses = 5
/** Losses of every recipe stay in single figures while it learns. */
const largeLoss = 20
const largeRise = 5

export function judgeLosses({ curves }: MetricSeries, { end, rollbacks }: RunOfHealth): HealthFinding {
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

const measured = (curve: readonly (number | null)[]): readonly number[] => curve.filter((value) => value !== null)

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
