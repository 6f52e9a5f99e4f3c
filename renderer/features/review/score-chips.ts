import type { ClassId } from '../../../contract/ids.ts'
import type { Sample } from '../../../contract/samples.ts'
import { formatShare } from '../../i18n/format.svelte.ts'
import { t } from '../../i18n/translate.svelte.ts'

export interface ScoreChip {
  readonly key: string
  readonly tone: 'neutral' | 'good' | 'warn' | 'bad'
  readonly text: string
}

/** Beyond these a person sees the difference: what is softer or grainier than most real ones of the class. */
const softBelow = 0.7
const grainyAbove = 1.4
/** Pictures that share seven eighths of what they show: nobody doubts it who sees them side by side. */
const nearlyTheSame = 0.5
/** The networks are sure, or are not. */
const sureFrom = 0.8
const unsureBelow = 0.6

/** What the scores of a candidate say, in words; nothing is said that was not measured. */
export function scoreChips(
  { gate, scores, classId }: Pick<Sample, 'gate' | 'scores' | 'classId'>,
  nameOf: (classId: ClassId) => string,
): readonly ScoreChip[] {
  if (scores === null) return [{ key: 'unscored', tone: 'neutral', text: t('scores.unscored') }]
  const { values, nearest, nearestByFeatures, namedClass } = scores
  const near = nearest ?? nearestByFeatures
  const chips: ScoreChip[] = []
  if (gate.includes('copy') && near !== null) {
    const isSame = (values.imageDistance ?? Infinity) < nearlyTheSame
    chips.push({
      key: 'copy',
      tone: 'bad',
      text: t(isSame ? 'scores.copyOf' : 'scores.closerThan', { image: near.imageId }),
    })
  }
  if (gate.includes('too_far')) chips.push({ key: 'far', tone: 'bad', text: t('scores.tooFar') })
  const agreement = values.classAgreement
  if (agreement !== undefined) {
    const share = formatShare(agreement)
    if (namedClass !== null && namedClass !== classId)
      chips.push({
        ...{ key: 'class', tone: gate.includes('class_disagrees') ? 'bad' : 'warn' },
        text: t('scores.named', { name: nameOf(namedClass) }),
      })
    else if (gate.includes('class_disagrees'))
      chips.push({ key: 'class', tone: 'bad', text: t('scores.hardlyNamed', { share }) })
    else if (agreement < unsureBelow) chips.push({ key: 'class', tone: 'warn', text: t('scores.unsure', { share }) })
    else if (agreement >= sureFrom) chips.push({ key: 'class', tone: 'good', text: t('scores.agrees', { share }) })
  }
  const detail = detailChip(values)
  if (detail !== null) chips.push(detail)
  if (gate.length === 0) chips.push({ key: 'gate', tone: 'neutral', text: t('scores.nothingAgainst') })
  return chips
}

function detailChip({ grainRatio, sharpnessRatio }: NonNullable<Sample['scores']>['values']): ScoreChip | null {
  const known = [grainRatio, sharpnessRatio].flatMap((ratio) => ratio ?? [])
  if (known.length === 0) return null
  if (Math.min(...known) < softBelow) return { key: 'detail', tone: 'warn', text: t('scores.softer') }
  if (Math.max(...known) > grainyAbove) return { key: 'detail', tone: 'warn', text: t('scores.grainier') }
  return null
}
