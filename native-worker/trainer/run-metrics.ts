import type { Metric } from '../../contract/training.ts'

/** What a recipe measures of its networks, as metrics of the run as a whole. */
export const runMetrics = (values: Readonly<Record<string, number>>): readonly Metric[] =>
  Object.entries(values).map(([name, value]) => ({ name, className: null, value }))
