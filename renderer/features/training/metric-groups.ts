import type { MetricName } from '../../../contract/training.ts'

export const metricGroups = ['losses', 'outputs', 'variety', 'classes', 'distance', 'other'] as const
export type MetricGroup = (typeof metricGroups)[number]

/** Metrics are named by the recipe; those of one kind and scale share a chart. Null: not drawn. */
export function groupOf({ name, className }: MetricName): MetricGroup | null {
  // With few images of a class its other figures jump in large steps: the mean over the classes is drawn, the health lights read them.
  if (className !== null) return name === 'diversity' ? 'classes' : null
  if (/loss/i.test(name)) return 'losses'
  if (/^(d|discriminator)[_.]?(real|fake)/i.test(name)) return 'outputs'
  if (name.startsWith('coverage') || name === 'diversity') return 'variety'
  if (name.startsWith('kid')) return 'distance'
  return 'other'
}

/** Drawn in this order, so in the same colours, whatever order they arrive in; a recipe's own ones follow. */
const usualOrder = ['dLoss', 'gLoss', 'dReal', 'dFake', 'coverage', 'coverageFloor', 'diversity', 'kid', 'kidFloor']
const rankOf = ({ name }: MetricName): number => {
  const rank = usualOrder.indexOf(name)
  return rank < 0 ? usualOrder.length : rank
}

export function groupMetrics(
  metrics: readonly MetricName[],
): readonly { readonly group: MetricGroup; readonly members: readonly MetricName[] }[] {
  const sorted = metrics.toSorted((a, b) => rankOf(a) - rankOf(b))
  return metricGroups
    .map((group) => ({ group, members: sorted.filter((metric) => groupOf(metric) === group) }))
    .filter(({ members }) => members.length > 0)
}
