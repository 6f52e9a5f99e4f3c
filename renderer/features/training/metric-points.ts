import type { Metric, MetricSeries } from '../../../contract/training.ts'
import { distinctMetrics, findMetric } from '../../../contract/metric-names.ts'

export const noPoints: MetricSeries = { steps: [], curves: [] }

/**
 * Adds a live measurement. A step at or before the last one (a resume from an older checkpoint) replaces what followed it.
 * Above `limit` points every second one of the older half goes, except those that carry what is measured only now and then: the
 * newest stay dense, memory stays flat.
 */
export function appendPoint(
  points: MetricSeries,
  { step, metrics, limit }: { step: number; metrics: readonly Metric[]; limit: number },
): MetricSeries {
  let kept = points.steps.length
  while (kept > 0 && (points.steps[kept - 1] ?? 0) >= step) kept -= 1
  const keep = thinning(points, { kept, limit })
  const steps = [...pick(points.steps, keep), step]
  const curves = distinctMetrics([...points.curves, ...metrics]).map((metric) => {
    const old = findMetric(points.curves, metric)?.values ?? Array.from({ length: points.steps.length }, () => null)
    return { ...metric, values: [...pick(old, keep), findMetric(metrics, metric)?.value ?? null] }
  })
  return { steps, curves }
}

/** Which of the first `kept` points stay. */
function thinning(points: MetricSeries, { kept, limit }: { kept: number; limit: number }): readonly number[] {
  const all = Array.from({ length: kept }, (_, index) => index)
  if (kept < limit) return all
  const half = Math.floor(kept / 2)
  const special = sparsePoints(points, kept)
  // Where even these become too many, they are thinned like the others.
  const isSpecial = (index: number): boolean => special.size < limit / 4 && special.has(index)
  return all.filter((index) => index >= half || index % 2 === 0 || isSpecial(index))
}

/** Those of the first `kept` points with something that is measured at less than a quarter of them, such as coverage. */
function sparsePoints({ curves }: MetricSeries, kept: number): ReadonlySet<number> {
  const special = new Set<number>()
  for (const { values } of curves) {
    const measured = values.slice(0, kept).flatMap((value, index) => (value === null ? [] : [index]))
    if (4 * measured.length < kept) for (const index of measured) special.add(index)
  }
  return special
}

const pick = <Item>(items: readonly Item[], indices: readonly number[]): Item[] =>
  indices.map((index) => items[index] as Item)
