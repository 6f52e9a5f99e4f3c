import type { RunSummary } from '../../../contract/training.ts'
import { errorText } from '../../i18n/error-text.ts'
import { t } from '../../i18n/translate.svelte.ts'

/** How a run ended that did not end well, and what to do; one sentence or two a line. */
export function runEnding({
  status,
  end,
  checkpointStep,
  failure,
}: Pick<RunSummary, 'status' | 'end' | 'checkpointStep' | 'failure'>): readonly string[] {
  if (status === 'interrupted') return [t(checkpointStep === null ? 'train.interruptedEarly' : 'train.interrupted')]
  if (end === 'diverged') return [t('train.diverged')]
  const kept = t(end === 'died' ? 'train.died' : 'train.failed')
  return failure === null ? [kept] : [errorText(failure), kept]
}
