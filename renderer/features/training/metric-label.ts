import { en } from '../../i18n/en.ts'
import { t } from '../../i18n/translate.svelte.ts'

type MetricKey = Extract<keyof typeof en, `metric.${string}`>

const isMetricKey = (key: string): key is MetricKey => key in en

/** Metrics we have words for; a recipe's own ones keep their name. */
export function metricLabel(name: string): string {
  const key = `metric.${name}`
  // A metric of one class is drawn beside its fellows: the class is what tells them apart.
  return isMetricKey(key) ? t(key) : name.slice(name.indexOf(':') + 1)
}
