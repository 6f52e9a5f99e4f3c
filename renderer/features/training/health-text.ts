import { formatNumber, formatShare } from '../../i18n/format.svelte.ts'
import { t } from '../../i18n/translate.svelte.ts'
import type { Rollback } from '../../../contract/training.ts'
import { metricLabel } from './metric-label.ts'
import type { HealthFinding } from './health.ts'

/** What a finding means and what to do about it. */
export function healthText(finding: HealthFinding): string {
  switch (finding.kind) {
    case 'classThin':
    case 'classCollapsed':
      return t(`health.${finding.kind}`, { name: finding.className, share: formatShare(finding.share) })
    case 'coverageFallen':
      return t('health.coverageFallen', { share: formatShare(finding.share), step: formatNumber(finding.bestStep) })
    case 'lossesRolledBack':
      return t('health.lossesRolledBack', {
        count: finding.times,
        step: formatNumber(finding.last.step),
        toStep: formatNumber(finding.last.toStep),
        cause: causeOf(finding.last),
      })
    default:
      return t(`health.${finding.kind}`)
  }
}

/** Names what was out of bounds; empty where that is not on record. */
function causeOf({ quantity, value }: Rollback): string {
  if (quantity === null) return ''
  const name = metricLabel({ name: quantity, className: null })
  return value === null
    ? t('health.causeNotFinite', { name })
    : t('health.causeValue', { name, value: formatNumber(value, { maximumSignificantDigits: 3 }) })
}
