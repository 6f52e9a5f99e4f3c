import type { MetricName, MetricSeries } from '../../../contract/training.ts'
import { findMetric } from '../../../contract/metric-names.ts'

export type ChartRange = readonly [number, number]

/**
 * The y range that shows the bulk of the curves: a GAN's first steps and single spikes would otherwise flatten the rest.
 * Keeps the 1st to 99th percentile of finite values, plus 8 % on both sides; null without values.
 */
export function robustRange(series: readonly (readonly (number | null | undefined)[])[]): ChartRange | null {
  const values = series
    .flat()
    .filter((value): value is number => typeof value === 'number' && Number.isFinite(value))
    .sort((a, b) => a - b)
  if (values.length === 0) return null
  const low = percentile(values, 0.01)
  const high = percentile(values, 0.99)
  const span = high - low
  // A flat curve still needs a height to be drawn in.
  const margin = span > 0 ? span * 0.08 : Math.max(Math.abs(high) * 0.1, 0.1)
  return [low - margin, high + margin]
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.round(share * (sorted.length - 1))] ?? 0

export interface ChartAxes {
  readonly steps: ChartRange
  readonly values: ChartRange
}

/** Axes that hold the named curves of several runs, from step 0; null without a measurement. */
export function sharedAxes(runs: readonly MetricSeries[], metrics: readonly MetricName[]): ChartAxes | null {
  const values = robustRange(
    runs.flatMap(({ curves }) => metrics.map((metric) => findMetric(curves, metric)?.values ?? [])),
  )
  return values === null ? null : { steps: [0, Math.max(...runs.map(({ steps }) => steps.at(-1) ?? 0))], values }
}

/** Fewer are single measurements, each a mean of many images: a moving average would show what was never measured. */
const fewestToSmooth = 50

/** A curve of many noisy values smoothed; one of a few measurements, such as coverage, as it is. */
export const smoothNoise = (values: readonly (number | null)[], weight: number): readonly (number | null)[] =>
  smooth(values, values.filter((value) => value !== null).length > fewestToSmooth ? weight : 0)

/** Exponential moving average that skips gaps; `weight` 0 keeps the curve, 0.99 is very smooth. */
export function smooth(values: readonly (number | null)[], weight: number): readonly (number | null)[] {
  let mean: number | null = null
  return values.map((value) => {
    if (value === null || !Number.isFinite(value)) return null
    mean = mean === null ? value : mean * weight + value * (1 - weight)
    return mean
  })
}
