import type { MetricName, MetricSeries } from '../../../contract/training.ts'
import { metricLabel } from './metric-label.ts'
import { findMetric } from '../../../contract/metric-names.ts'

export interface Curve {
  readonly label: string
  readonly values: readonly (number | null)[]
}

/** Weight of what came before: hides the noise of single batches, keeps trends of a few hundred steps. */
export const usualSmoothing = 0.9

export const curvesOf = ({ curves }: MetricSeries, metrics: readonly MetricName[]): readonly Curve[] =>
  metrics.map((metric) => ({ label: metricLabel(metric), values: findMetric(curves, metric)?.values ?? [] }))
