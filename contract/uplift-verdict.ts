import * as v from 'valibot'
import { RecipeId } from './training.ts'
import type { UpliftArm, UpliftFinding, UpliftResult } from './uplift.ts'

/** Ends the name of an arm whose samples are all that nobody rejected. */
export const rawSuffix = '-raw'

/** What an arm's samples are of; null where it has none, and where a verdict of an older version does not tell gated from raw. */
export function samplesOf({ arm, source, gated }: Pick<UpliftArm, 'arm' | 'source' | 'gated'>): {
  readonly recipe: string
  readonly selection: 'gated' | 'raw' | null
} | null {
  if (source === null) return null
  return { recipe: source, selection: gated ? 'gated' : arm.endsWith(rawSuffix) ? 'raw' : null }
}

/** Of an arm of which only the name is known; null where it is no way of balancing that can be taken apart. */
export function armOfName(arm: string): Pick<UpliftArm, 'arm' | 'source' | 'gated' | 'painted'> | null {
  const painted = /^painted(\+|$)/.test(arm)
  const isRaw = arm.endsWith(rawSuffix)
  const recipe = arm.replace(/^painted\+?/, '').slice(0, isRaw ? -rawSuffix.length : undefined)
  const source = v.is(RecipeId, recipe) ? recipe : null
  return painted || source !== null ? { arm, painted, source, gated: !isRaw } : null
}

/** A finding as it is told: where an interval is wider than everything that is possible, no evidence is no news. */
export const toldFinding = ({
  finding,
  tooNoisy,
}: Pick<UpliftArm, 'finding' | 'tooNoisy'>): UpliftFinding | 'tooNoisy' =>
  finding === 'noEvidence' && tooNoisy === true ? 'tooNoisy' : finding

/** A difference with its sign, in points. */
export const signed = (value: number): string =>
  `${value > 0 ? '+' : value < 0 ? '−' : '±'}${Math.abs(value).toFixed(1)}`

/** The way that the verdict is about: the recommended one, else the one that did best. */
export function verdictArm({ arms, verdict }: Pick<UpliftResult, 'arms' | 'verdict'>): UpliftArm | null {
  const named = arms.find(({ arm }) => arm === verdict.recommended?.arm)
  return named ?? arms.toSorted((a, b) => b.delta - a.delta)[0] ?? null
}

/** The tested class with the fewest test images. */
export const smallestTested = ({ classes }: Pick<UpliftResult, 'classes'>): UpliftResult['classes'][number] | null =>
  classes.filter(({ test }) => test > 0).toSorted((a, b) => a.test - b.test)[0] ?? null
