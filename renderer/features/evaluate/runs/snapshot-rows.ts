import { findMetric } from '../../../../contract/metric-names.ts'
import type { MetricSeries } from '../../../../contract/training.ts'

/** What a run measured of itself at one step; null where that was not measured. */
interface SnapshotRow {
  readonly step: number
  readonly kid: number | null
  readonly kidFloor: number | null
  readonly coverage: number | null
  readonly coverageFloor: number | null
  readonly diversity: number | null
}

export function snapshotRows({ steps, curves }: MetricSeries, className: string): readonly SnapshotRow[] {
  const curveOf = (name: string): readonly (number | null)[] | undefined =>
    findMetric(curves, { name, className })?.values
  const [kid, coverage, diversity] = [curveOf('kid'), curveOf('coverage'), curveOf('diversity')]
  const [kidFloor, coverageFloor] = [curveOf('kidFloor'), curveOf('coverageFloor')]
  return steps.flatMap((step, at) => {
    const row = {
      step,
      kid: kid?.[at] ?? null,
      kidFloor: kidFloor?.[at] ?? null,
      coverage: coverage?.[at] ?? null,
      coverageFloor: coverageFloor?.[at] ?? null,
      diversity: diversity?.[at] ?? null,
    }
    return row.kid === null && row.coverage === null && row.diversity === null ? [] : [row]
  })
}
