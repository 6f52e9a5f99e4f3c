import type { MetricName } from '../../../contract/training.ts'
import { en } from '../../i18n/en.ts'
import { t } from '../../i18n/translate.svelte.ts'

type MetricKey = Extract<keyof typeof en, `metric.${string}`>

const isMetricKey = (key: string): key is MetricKey => key in en

/** Metrics we have words for; a recipe's own ones keep their name. */
export function metricLabel({ name, className }: MetricName): string {
  // A metric of one class is drawn beside its fellows: the class is what tells them apart.
  if (className !== null) return className
  const key = `metric.${name}`
  return isMetricKey(key) ? t(key) : name
}
