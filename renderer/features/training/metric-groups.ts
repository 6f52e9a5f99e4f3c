/** Recorded at the step a run went back to when it had left the rails: how many steps it lost. */
export const rollbackMetric = 'rollback'

export const metricGroups = ['losses', 'outputs', 'variety', 'classes', 'distance', 'other'] as const
export type MetricGroup = (typeof metricGroups)[number]

/** Metrics are named by the recipe; those of one kind and scale share a chart. Null: not drawn. */
export function groupOf(name: string): MetricGroup | null {
  if (name.startsWith('diversity:')) return 'classes'
  // With few images of a class this one jumps in large steps; the mean over the classes is drawn.
  if (name.startsWith('coverage:')) return null
  // Single events: the health lights tell of them.
  if (name === rollbackMetric) return null
  if (/loss/i.test(name)) return 'losses'
  if (/^(d|discriminator)[_.]?(real|fake)/i.test(name)) return 'outputs'
  if (name === 'coverage' || name === 'diversity') return 'variety'
  if (name.startsWith('kid')) return 'distance'
  return 'other'
}

/** Drawn in this order, so in the same colours, whatever order they arrive in; a recipe's own ones follow. */
const usualOrder = ['dLoss', 'gLoss', 'dReal', 'dFake', 'coverage', 'diversity', 'kid', 'kidFloor']
const rankOf = (name: string): number => {
  const rank = usualOrder.indexOf(name)
  return rank < 0 ? usualOrder.length : rank
}

export function groupMetrics(
  names: readonly string[],
): readonly { readonly group: MetricGroup; readonly names: readonly string[] }[] {
  const sorted = names.toSorted((a, b) => rankOf(a) - rankOf(b))
  return metricGroups
    .map((group) => ({ group, names: sorted.filter((name) => groupOf(name) === group) }))
    .filter(({ names: members }) => members.length > 0)
}
