import { en } from '../../i18n/en.ts'
import { t } from '../../i18n/translate.svelte.ts'

type MetricKey = Extract<keyof typeof en, `metric.${string}`>

const isMetricKey = (key: string): key is MetricKey => key in en

/** Metrics we have words for; a recipe's own ones keep their name. */
export function metricLabel(name: string): string {
  const key = `metric.${name}`
  return isMetricKey(key) ? t(key) : name
}
