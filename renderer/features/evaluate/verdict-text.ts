import { fewestSeeds, type UpliftArm, type UpliftResult } from '../../../contract/uplift.ts'
import { formatNumber } from '../../i18n/format.svelte.ts'
import { t } from '../../i18n/translate.svelte.ts'

/** A difference with its sign, in points. */
export const signed = (value: number): string =>
  `${value > 0 ? '+' : value < 0 ? '−' : '±'}${Math.abs(value).toFixed(1)}`

export const intervalText = ({ low, high }: { readonly low: number; readonly high: number }): string =>
  `[${signed(low)}, ${signed(high)}]`

export function armText({ arm, source, painted }: Pick<UpliftArm, 'arm' | 'source' | 'painted'>): string {
  if (!painted) return arm
  return source === null ? t('evaluate.painted') : t('evaluate.paintedAnd', { source: arm.replace(/^painted\+/, '') })
}

/** The recommended way, else the one that did best. */
export function shownArm({ arms, verdict }: UpliftResult): UpliftArm | null {
  const recommended = arms.find(({ arm }) => arm === verdict.recommended?.arm)
  return recommended ?? arms.toSorted((a, b) => b.delta - a.delta)[0] ?? null
}

/** One sentence for somebody who decides. */
export function verdictText(result: UpliftResult): string {
  const arm = shownArm(result)
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

/** What one image is worth in the class with the fewest test images. */
export function weightText({ classes, nTest }: Pick<UpliftResult, 'classes' | 'nTest'>): string {
  const smallest = classes.filter(({ test }) => test > 0).toSorted((a, b) => a.test - b.test)[0]
  if (smallest === undefined) return ''
  return t('evaluate.weight', {
    images: nTest,
    class: smallest.name,
    fewest: smallest.test,
    points: formatNumber(Math.round(1000 / smallest.test) / 10),
  })
}
