import { FlawsmithError } from '../../../contract/errors.ts'
import type { UpliftAbsence, UpliftWish } from '../../../contract/uplift.ts'
import type { CellMaker } from './cell-plans.ts'
import { candidatesOf, type ArmPlan } from './choose-doses.ts'
import type { UpliftInput } from './uplift-input.ts'
import type { UpliftPace } from './uplift-scales.ts'

/** Every way of balancing that this input allows: each source, painted defects, and both together. */
export function armsOf({ sources, canPaint }: Pick<UpliftInput, 'sources' | 'canPaint'>): readonly ArmPlan[] {
  const plain = sources.map(({ name }, source) => ({ name, source, painted: false }))
  if (!canPaint) return plain
  const painted = plain.map((arm) => ({ ...arm, name: `painted+${arm.name}`, painted: true }))
  return [...plain, { name: 'painted', source: null, painted: true }, ...painted]
}

/**
 * Before anything is trained.
 * @throws FlawsmithError `no_way_to_measure` where a way is asked for that the project does not have, or where it has none at all
 */
export function refuseNothingToCompare(input: UpliftInput, { arms: asked = [] }: Pick<UpliftWish, 'arms'>): void {
  const possible = armsOf(input).map(({ name }) => name)
  const unknown = asked.filter((name) => !possible.includes(name))
  const details = { asked: asked.join(', '), possible: possible.join(', ') }
  if (possible.length === 0)
    throw new FlawsmithError(
      'no_way_to_measure',
      'There is nothing to compare with real images alone: no candidate has passed the gate or was accepted, and no class is free of defects. Generate and score candidates, or declare the class with `flawsmith marks free`.',
      details,
    )
  if (unknown.length > 0)
    throw new FlawsmithError(
      'no_way_to_measure',
      `This project has no way of balancing called ${unknown.map((name) => `“${name}”`).join(', ')}. There are: ${possible.join(', ')}.`,
      details,
    )
}

/** Those that are measured now, and why the others are not. */
export function planArms(
  input: UpliftInput,
  {
    wish,
    pace,
    maker,
    doses,
  }: {
    readonly wish: UpliftWish
    readonly pace: UpliftPace
    readonly maker: CellMaker
    readonly doses: readonly number[]
  },
): { readonly arms: readonly ArmPlan[]; readonly absent: readonly UpliftAbsence[] } {
  const absent: UpliftAbsence[] = []
  const largest = largestRecipes(input, pace)
  const gated = new Set(input.sources.flatMap((source) => (source.gated ? [source.recipe] : [])))
  const arms = armsOf(input).filter((arm) => {
    const leave = (why: UpliftAbsence['why']): false => {
      absent.push({ arm: arm.name, why })
      return false
    }
    if (wish.arms !== undefined) return wish.arms.includes(arm.name) || leave('notAsked')
    const source = arm.source === null ? undefined : input.sources[arm.source]
    if (source === undefined) return true
    if (!largest.has(source.recipe)) return leave('quick')
    // Where both are there, what is not gated is there to be compared with.
    if (source.gated || !gated.has(source.recipe)) return true
    return pace.comparesUngated ? !arm.painted || leave('ungated') : leave('quick')
  })
  const doable = arms.filter(({ name, source }) => {
    if (source === null || candidatesOf(maker, { source, doses }).length > 0) return true
    absent.push({ arm: name, why: 'nothingToBalance' })
    return false
  })
  return { arms: doable, absent }
}

/** Those with the most samples, gated ones where there are any. */
function largestRecipes({ sources }: UpliftInput, { sources: most }: UpliftPace): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const { recipe, gated, images } of sources)
    if (gated || !counts.has(recipe))
      counts.set(
        recipe,
        images.reduce((sum, each) => sum + each.length, 0),
      )
  const largest = [...counts].sort(([, a], [, b]) => b - a).slice(0, most)
  return new Set(largest.map(([recipe]) => recipe))
}
