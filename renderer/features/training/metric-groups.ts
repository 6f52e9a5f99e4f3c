export type MetricGroup = 'losses' | 'outputs' | 'other'

/** Metrics are named by the recipe: losses share a chart, the discriminator's outputs another, the rest a third. */
export function groupOf(name: string): MetricGroup {
  if (/loss/i.test(name)) return 'losses'
  if (/^(d|discriminator)[_.]?(real|fake)/i.test(name)) return 'outputs'
  return 'other'
}

export function groupMetrics(
  names: readonly string[],
): readonly { readonly group: MetricGroup; readonly names: readonly string[] }[] {
  return (['losses', 'outputs', 'other'] as const)
    .map((group) => ({ group, names: names.filter((name) => groupOf(name) === group) }))
    .filter(({ names: members }) => members.length > 0)
}
