import type { DrawingForecast } from '../../../contract/samples.ts'
import { formatDuration, formatSize, joinSentences } from '../../i18n/format.svelte.ts'
import { t } from '../../i18n/translate.svelte.ts'

export const maxCandidates = 100_000
/** From here on it is asked whether so many are wanted: nobody looks through them in an hour. */
export const manyCandidates = 2000
/** An inspector who never rests. */
const secondsPerDecision = 1

/** Time, disk and review that `count` candidates take, as far as it was measured. */
export function describeCost(count: number, forecast: DrawingForecast | null): string {
  const { secondsPerImage = null, bytesPerImage = null } = forecast ?? {}
  return joinSentences([
    t('generate.many', { count }),
    secondsPerImage === null
      ? t('generate.timeUnknown')
      : t('generate.time', { time: formatDuration(count * secondsPerImage) }),
    ...(bytesPerImage === null ? [] : [t('generate.disk', { size: formatSize(count * bytesPerImage) })]),
    t('generate.review', { time: formatDuration(count * secondsPerDecision) }),
  ])
}
