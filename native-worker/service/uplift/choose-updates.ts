import type { CellBook } from './cell-book.ts'
import { referencePlans } from './cell-plans.ts'
import type { UpliftPace } from './uplift-scales.ts'

export interface ChosenUpdates {
  readonly updates: number
  readonly atPlateau: boolean
}

/** Points of macro-F1 that twice the updates have to bring to be worth them. */
const worthwhile = 1
const fewest = 60

/**
 * As many updates as make the reference no better on the images it is chosen by: too few of them have reversed the sign of a result.
 * @param updatesToCome what all that follows takes, in multiples of the number chosen; cuts it where time would run out
 */
export async function chooseUpdates(
  book: CellBook,
  {
    pace,
    updatesToCome,
    overheadSeconds,
  }: {
    readonly pace: UpliftPace
    readonly updatesToCome: number
    /** What does not depend on the updates. */
    readonly overheadSeconds: number
  },
): Promise<ChosenUpdates> {
  const seeds = apartSeeds(pace.ladderSeeds)
  let spent = 0
  let updatesDone = 0
  let best: { readonly updates: number; readonly score: number } | null = null
  const affordable = (): number => {
    if (updatesDone === 0) return Number.POSITIVE_INFINITY
    const secondsEach = spent / updatesDone
    const left = pace.budgetSeconds - overheadSeconds - spent
    return Math.max(fewest, 10 * Math.floor(left / (10 * secondsEach * updatesToCome)))
  }
  for (const updates of pace.ladder) {
    if (best !== null && best.updates >= affordable()) break
    const plans = referencePlans({ updates, seeds, judge: 'validation' })
    await book.measure(plans)
    const { macroF1, seconds } = book.read(plans)
    spent += seconds
    updatesDone += updates * seeds.length
    if (best !== null && macroF1 < best.score + worthwhile) {
      const cut = Math.min(best.updates, affordable())
      return { updates: cut, atPlateau: cut === best.updates }
    }
    best = { updates, score: macroF1 }
  }
  return { updates: Math.min(best?.updates ?? fewest, affordable()), atPlateau: false }
}

/** That choose doses. */
export const choosingSeedsOf = ({ choosingSeeds }: UpliftPace): readonly number[] => apartSeeds(choosingSeeds)

/** Apart from those that are tested. */
const apartSeeds = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => 1001 + index)
