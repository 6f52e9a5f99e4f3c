import type { MetricName } from './training.ts'

export const findMetric = <Item extends MetricName>(
  items: readonly Item[],
  { name, className }: MetricName,
): Item | undefined => items.find((item) => item.name === name && item.className === className)

/** What the items are of, each once, in the order of their first. */
export function distinctMetrics(items: readonly MetricName[]): readonly MetricName[] {
  const found: MetricName[] = []
  for (const item of items) {
    if (findMetric(found, item) === undefined) found.push({ name: item.name, className: item.className })
  }
  return found
}
