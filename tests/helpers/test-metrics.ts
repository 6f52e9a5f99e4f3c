import type { Metric, MetricCurve } from '../../contract/training.ts'

export const metricsOf = (values: Readonly<Record<string, number>>, className: string | null = null): Metric[] =>
  Object.entries(values).map(([name, value]) => ({ name, className, value }))

export const curvesOf = (
  values: Readonly<Record<string, MetricCurve['values']>>,
  className: string | null = null,
): MetricCurve[] => Object.entries(values).map(([name, curve]) => ({ name, className, values: curve }))

/** The value of a metric of the run, or of a class. */
export const valueOf = (
  metrics: readonly Metric[],
  name: string,
  className: string | null = null,
): number | undefined => metrics.find((metric) => metric.name === name && metric.className === className)?.value
