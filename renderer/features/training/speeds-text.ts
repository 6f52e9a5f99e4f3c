import type { EngineSpeed } from '../../../contract/engines.ts'
import { formatList, formatNumber } from '../../i18n/format.svelte.ts'
import { t } from '../../i18n/translate.svelte.ts'

/** What a step of this very run takes on each engine, the fastest first. */
export const speedsText = (speeds: readonly EngineSpeed[]): string =>
  t('train.engineSpeeds', { speeds: formatList(speeds.map(speedText)) })

function speedText({ engine, stepMs, wasBusy }: EngineSpeed): string {
  if (stepMs === null) return t('train.engineTooSlow', { engine })
  return t(wasBusy ? 'train.engineSpeedBusy' : 'train.engineSpeed', {
    engine,
    ms: formatNumber(stepMs, { maximumFractionDigits: stepMs < 10 ? 1 : 0 }),
  })
}
