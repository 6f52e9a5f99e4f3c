import { metricLabel } from './metric-label.ts'
import type { MetricPoints } from './metric-points.ts'

export interface Curve {
  readonly name: string
  readonly label: string
  readonly values: readonly (number | null)[]
}

/** Weight of what came before: hides the noise of single batches, keeps trends of a few hundred steps. */
export const usualSmoothing = 0.9

export const curvesOf = ({ values }: MetricPoints, names: readonly string[]): readonly Curve[] =>
  names.map((name) => ({ name, label: metricLabel(name), values: values[name] ?? [] }))
