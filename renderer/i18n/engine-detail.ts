import type { EngineReport } from '../../contract/engines.ts'
import { detailRows } from './detail-rows.ts'
import { errorText } from './error-text.ts'
import { obstacleText } from './obstacle-text.ts'
import { joinSentences } from './format.svelte.ts'
import { t } from './translate.svelte.ts'

/** Why an engine is not ready; the service's English where it gave no code for it. Empty for one that is ready. */
export function engineDetail({ failure, detail }: Pick<EngineReport, 'failure' | 'detail'>): string {
  if (failure === null) return detail
  if (failure.code === 'engine_unavailable') return obstacleText(failure.details) ?? detail
  const values = detailRows(failure.details).map(({ label, value }) => t('failure.pair', { label, value }))
  return joinSentences([failure.code === 'compute_died' ? t('engine.died') : errorText(failure), ...values])
}
