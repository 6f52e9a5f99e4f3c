import { fewestImagesToCompare } from '../../../contract/training.ts'
import type { Rollback } from '../../../contract/training.ts'
import { formatNumber, formatShare } from '../../i18n/format.svelte.ts'
import { t } from '../../i18n/translate.svelte.ts'
import type { ClassLikeness } from '../../../contract/class-likeness.ts'
import { floorsOf, likenessLimits, wantedCoverage } from '../../../contract/class-likeness.ts'
import type { HealthFinding } from './health-finding.ts'
import { metricLabel } from './metric-label.ts'

/** What a finding means and what to do about it. */
export function healthText(finding: HealthFinding): string {
  switch (finding.kind) {
    case 'classFlat': {
      const { worst } = finding
      return t('health.classFlat', {
        ...subjectOf(worst),
        share: formatShare(worst.contrast ?? 0),
        wanted: formatShare(likenessLimits.contrast),
      })
    }
    case 'classBlurred': {
      const { worst } = finding
      const share = formatShare(worst.sharpness ?? 0)
      return t('health.classBlurred', {
        ...subjectOf(worst),
        share,
        wanted: formatShare(likenessLimits.sharpness),
        advice: adviceFor(worst),
      })
    }
    case 'classFar':
    case 'classUnlike':
    case 'classRising':
      return t(`health.${finding.kind}`, {
        ...subjectOf(finding.worst),
        figures: figuresOf(finding.worst),
        advice: adviceFor(finding.worst),
      })
    case 'classUnmeasured':
      return finding.worst.images === null
        ? t('health.classUnmeasured', subjectOf(finding.worst))
        : t('health.classTooSmall', { ...subjectOf(finding.worst), needed: fewestImagesToCompare })
    case 'likenessFine': {
      const classes = finding.classes.filter(({ className }) => className !== null)
      const farthest = classes.toSorted((a, b) => (floorsOf(b) ?? 0) - (floorsOf(a) ?? 0))[0]
      return farthest === undefined
        ? ''
        : t('health.likenessFine', { ...subjectOf(farthest), count: classes.length, figures: figuresOf(farthest) })
    }
    case 'classThin':
    case 'classCollapsed':
    case 'varietyRising':
    case 'varietyFine':
      return t(`health.${finding.kind}`, {
        name: finding.className,
        share: formatShare(finding.share),
        images: finding.images === null ? '–' : formatNumber(finding.images),
      })
    case 'varietyUnmeasured':
      return t('health.varietyUnmeasured', { name: finding.className })
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

const subjectOf = ({ className, images }: ClassLikeness): { readonly name: string; readonly images: string } => ({
  name: className ?? t('likeness.overall'),
  images: images === null ? '–' : formatNumber(images),
})

/** Every figure with what it is held against. */
function figuresOf(entry: ClassLikeness): string {
  const [coverage, distance] = [coverageText(entry), distanceText(entry)]
  if (coverage === null || distance === null) return coverage ?? distance ?? ''
  return t('likeness.both', { coverage, distance })
}

function coverageText(entry: ClassLikeness): string | null {
  const { coverage, coverageFloor, images } = entry
  if (coverage === null) return null
  const values = { share: formatShare(coverage), wanted: formatShare(wantedCoverage(entry)) }
  if (images === null) return t('likeness.coverage', values)
  const counted = { ...values, images: formatNumber(images) }
  return coverageFloor === null
    ? t('likeness.coverageOf', counted)
    : t('likeness.coverageAgainst', { ...counted, real: formatShare(coverageFloor) })
}

function distanceText({ distance, floor }: ClassLikeness): string | null {
  if (distance === null || floor === null || floor <= 0) return null
  const two = (value: number): string => formatNumber(value, { maximumSignificantDigits: 2 })
  return t('likeness.distance', { own: two(distance), real: two(floor), most: two(likenessLimits.floors * floor) })
}

const adviceFor = ({ trend }: ClassLikeness): string => t(`likeness.advice.${trend}`)

/** Names what was out of bounds; empty where that is not on record. */
function causeOf({ quantity, value }: Rollback): string {
  if (quantity === null) return ''
  const name = metricLabel({ name: quantity, className: null })
  return value === null
    ? t('health.causeNotFinite', { name })
    : t('health.causeValue', { name, value: formatNumber(value, { maximumSignificantDigits: 3 }) })
}
