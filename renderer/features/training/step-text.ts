import { keptStep } from '../../../contract/kept-step.ts'
import type { RunSummary } from '../../../contract/training.ts'
import { formatNumber } from '../../i18n/format.svelte.ts'
import { t } from '../../i18n/translate.svelte.ts'

type Counted = Pick<RunSummary, 'status' | 'step' | 'checkpointStep'>

/** How many of its steps are kept, where that is not all; empty elsewhere. */
export function keptText(run: Counted): string {
  const kept = keptStep(run)
  if (kept === null) return ''
  return kept === 0 ? t('train.noneKept') : t('train.stepKept', { step: formatNumber(kept) })
}
