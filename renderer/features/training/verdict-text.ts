import { fewestImagesToCompare } from '../../../contract/training.ts'
import type { ClassVerdict, RunVerdict } from '../../../contract/run-verdict.ts'
import { formatDuration, formatNumber } from '../../i18n/format.svelte.ts'
import { t } from '../../i18n/translate.svelte.ts'

type Verdict = Pick<RunVerdict, 'kind' | 'minutesMore' | 'why'>

/** "ready to look at", "still getting better (about 3 min more)", … */
export function verdictText({ kind, minutesMore, why }: Verdict): string {
  switch (kind) {
    case 'ready':
    case 'settled':
      return t(`verdict.${kind}`)
    case 'improving':
      return minutesMore === null
        ? t('verdict.improving')
        : t('verdict.improvingFor', { time: formatDuration(Math.max(60, minutesMore * 60)) })
    case 'unmeasured':
      return why === 'early' ? t('verdict.early') : t('verdict.unmeasured')
  }
}

/** The same of a class, with what a figure is missing for. */
export function classVerdictText({ className, likeness, ...verdict }: ClassVerdict): string {
  const text =
    verdict.why === 'tooFewImages'
      ? t('verdict.tooFew', { images: formatNumber(likeness.images ?? 0), needed: fewestImagesToCompare })
      : verdictText(verdict)
  return t('pair', { label: className, value: text })
}

/** What to do next. */
export const verdictAdvice = ({ kind, why }: Verdict): string =>
  t(`verdict.next.${kind === 'unmeasured' && why === 'early' ? 'early' : kind}`)
