export const metricGroups = ['losses', 'outputs', 'variety', 'distance', 'other'] as const
export type MetricGroup = (typeof metricGroups)[number]

/** Metrics are named by the recipe; those of one kind and scale share a chart. */
export function groupOf(name: string): MetricGroup {
  if (/loss/i.test(name)) return 'losses'
  if (/^(d|discriminator)[_.]?(real|fake)/i.test(name)) return 'outputs'
  if (name === 'coverage' || name === 'diversity') return 'variety'
  if (name.startsWith('kid')) return 'distance'
  return 'other'
}

export function groupMetrics(
  names: readonly string[],
): readonly { readonly group: MetricGroup; readonly names: readonly string[] }[] {
  return metricGroups
    .map((group) => ({ group, names: names.filter((name) => groupOf(name) === group) }))
    .filter(({ names: members }) => members.length > 0)
}
