import { formatNumber, formatShare } from '../../i18n/format.svelte.ts'
import { t } from '../../i18n/translate.svelte.ts'
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
        step: formatNumber(finding.step),
        toStep: formatNumber(finding.toStep),
      })
    default:
      return t(`health.${finding.kind}`)
  }
}
