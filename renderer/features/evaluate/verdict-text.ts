import { recipeName } from '../../../contract/recipe-names.ts'
import { fewestSeeds, type UpliftArm, type UpliftChange, type UpliftResult } from '../../../contract/uplift.ts'
import { armOfName, samplesOf, signed, smallestTested, verdictArm } from '../../../contract/uplift-verdict.ts'
import { formatNumber } from '../../i18n/format.svelte.ts'
import { currentLanguage, t } from '../../i18n/translate.svelte.ts'

export const intervalText = ({ low, high }: { readonly low: number; readonly high: number }): string =>
  `[${signed(low)}, ${signed(high)}]`

export function armText(arm: Pick<UpliftArm, 'arm' | 'source' | 'gated' | 'painted'>): string {
  const samples = samplesOf(arm)
  if (samples === null) return t('evaluate.painted')
  const { selection } = samples
  const recipe = recipeName(samples.recipe, currentLanguage())
  const source = selection === null ? recipe : t(`evaluate.samples.${selection}`, { recipe })
  return arm.painted ? t('evaluate.paintedAnd', { source }) : source
}

/** Of a way of which only the name is known. */
export function wayText(name: string): string {
  const arm = armOfName(name)
  return arm === null ? (name === 'samples' ? t('evaluate.samples.any') : name) : armText(arm)
}

/** What is another one than a verdict was measured on. */
export const changesText = (changed: readonly UpliftChange[]): string =>
  changed.map((change) => t(`evaluate.changed.${change}`)).join(currentLanguage() === 'zh' ? '；' : '; ')

/** One sentence for somebody who decides. */
export function verdictText(result: UpliftResult): string {
  const arm = verdictArm(result)
  const { overall } = result.verdict
  if (arm === null) return t('evaluate.sentence.nothing')
  if (overall === 'notMeasured')
    return t('evaluate.sentence.notMeasured', { seeds: result.seeds.length, needed: fewestSeeds[result.mode] })
  return t(`evaluate.sentence.${overall}`, {
    way: armText(arm),
    difference: signed(arm.delta),
    interval: intervalText(arm),
  })
}

/** What has to be read with the sentence wherever it stands; mostly nothing. */
export function caveatTexts(result: UpliftResult): readonly string[] {
  const same = verdictArm(result)?.atSameUpdates
  return [
    ...(same === undefined
      ? []
      : [t('evaluate.sameUpdates', { difference: signed(same.delta), interval: intervalText(same) })]),
    ...(result.atPlateau ? [] : [t('evaluate.notAtPlateau')]),
  ]
}

/** Ways that a verdict says nothing of, a line for each reason. */
export function absenceTexts(absent: UpliftResult['absent']): readonly string[] {
  const reasons = [...new Set(absent.map(({ why }) => why))]
  return reasons.map((why) => {
    const ways = absent.filter((each) => each.why === why).map(({ arm }) => wayText(arm))
    const list = ways.join(currentLanguage() === 'zh' ? '、' : ', ')
    if (why === 'notGated') return t('evaluate.absent.notGated', { arm: list })
    const reason = t(`evaluate.absent.${why}`)
    return `${t('evaluate.notMeasuredHere', { ways: list })}${currentLanguage() === 'zh' ? '' : ' '}${reason}`
  })
}

/** What one image is worth in the class with the fewest test images. */
export function weightText(result: Pick<UpliftResult, 'classes' | 'nTest'>): string {
  const smallest = smallestTested(result)
  if (smallest === null) return ''
  return t('evaluate.weight', {
    images: result.nTest,
    class: smallest.name,
    fewest: smallest.test,
    points: formatNumber(Math.round(1000 / smallest.test) / 10),
  })
}
