import type { MetricSeries } from '../../../contract/training.ts'

/** Curves as they are drawn: `values[name][i]` belongs to `steps[i]`, null where nothing was measured. */
export interface MetricPoints {
  readonly steps: readonly number[]
  readonly values: Readonly<Record<string, readonly (number | null)[]>>
}

export const noPoints: MetricPoints = { steps: [], values: {} }

export const fromSeries = ({ steps, values }: MetricSeries): MetricPoints => ({ steps, values })

/**
 * Adds a live measurement. A step at or before the last one (a resume from an older checkpoint) replaces what followed it.
 * Above `limit` points every second one of the older half goes, except those that carry what is measured only now and then: the
 * newest stay dense, memory stays flat.
 */
export function appendPoint(
  points: MetricPoints,
  { step, metrics, limit }: { step: number; metrics: Readonly<Record<string, number>>; limit: number },
): MetricPoints {
  let kept = points.steps.length
  while (kept > 0 && (points.steps[kept - 1] ?? 0) >= step) kept -= 1
  const names = new Set([...Object.keys(points.values), ...Object.keys(metrics)])
  const keep = thinning(points, { kept, limit })
  const steps = [...pick(points.steps, keep), step]
  const values: Record<string, readonly (number | null)[]> = {}
  for (const name of names) {
    const old = points.values[name] ?? Array.from({ length: points.steps.length }, () => null)
    values[name] = [...pick(old, keep), metrics[name] ?? null]
  }
  return { steps, values }
}

/** Which of the first `kept` points stay. */
function thinning(points: MetricPoints, { kept, limit }: { kept: number; limit: number }): readonly number[] {
  const all = Array.from({ length: kept }, (_, index) => index)
  if (kept < limit) return all
  const half = Math.floor(kept / 2)
  const special = sparsePoints(points, kept)
  // Where even these become too many, they are thinned like the others.
  const isSpecial = (index: number): boolean => special.size < limit / 4 && special.has(index)
  return all.filter((index) => index >= half || index % 2 === 0 || isSpecial(index))
}

/** Those of the first `kept` points with something that is measured at less than a quarter of them, such as coverage. */
function sparsePoints({ values }: MetricPoints, kept: number): ReadonlySet<number> {
  const special = new Set<number>()
  for (const curve of Object.values(values)) {
    const measured = curve.slice(0, kept).flatMap((value, index) => (value === null ? [] : [index]))
    if (4 * measured.length < kept) for (const index of measured) special.add(index)
  }
  return special
}

const pick = <Item>(items: readonly Item[], indices: readonly number[]): Item[] =>
  indices.map((index) => items[index] as Item)
