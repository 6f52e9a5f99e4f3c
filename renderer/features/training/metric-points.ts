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
 * Above `limit` points every second one of the older half goes: the newest stay dense, memory stays flat.
 */
export function appendPoint(
  points: MetricPoints,
  { step, metrics, limit }: { step: number; metrics: Readonly<Record<string, number>>; limit: number },
): MetricPoints {
  let kept = points.steps.length
  while (kept > 0 && (points.steps[kept - 1] ?? 0) >= step) kept -= 1
  const names = new Set([...Object.keys(points.values), ...Object.keys(metrics)])
  const keep = thinning(kept, limit)
  const steps = [...pick(points.steps, keep), step]
  const values: Record<string, readonly (number | null)[]> = {}
  for (const name of names) {
    const old = points.values[name] ?? Array.from({ length: points.steps.length }, () => null)
    values[name] = [...pick(old, keep), metrics[name] ?? null]
  }
  return { steps, values }
}

function thinning(count: number, limit: number): readonly number[] {
  const all = Array.from({ length: count }, (_, index) => index)
  if (count < limit) return all
  const half = Math.floor(count / 2)
  return all.filter((index) => index >= half || index % 2 === 0)
}

const pick = <Item>(items: readonly Item[], indices: readonly number[]): Item[] =>
  indices.map((index) => items[index] as Item)
