import type { RunSummary } from '../../../contract/training.ts'
import { errorText } from '../../i18n/error-text.ts'
import { formatNumber } from '../../i18n/format.svelte.ts'
import { t } from '../../i18n/translate.svelte.ts'

/** How a run ended that did not end well, and what to do; one sentence or two a line. */
export function runEnding({
  status,
  end,
  checkpointStep,
  failure,
  isEndRecorded,
}: Pick<RunSummary, 'status' | 'end' | 'checkpointStep' | 'failure' | 'isEndRecorded'>): readonly string[] {
  if (status === 'interrupted') return [t(checkpointStep === null ? 'train.interruptedEarly' : 'train.interrupted')]
  const kept =
    checkpointStep === null
      ? t('train.nothingKept')
      : t(end === 'died' ? 'train.died' : 'train.failed', { step: formatNumber(checkpointStep) })
  const what = end === 'diverged' ? [t('train.diverged')] : failure === null ? [] : [errorText(failure)]
  const lines = end === 'diverged' ? what : [...what, kept]
  return isEndRecorded ? lines : [...lines, t('train.endNotRecorded')]
}
