import { GateReason, type GateShares, type HeldOutRate } from '../../../contract/scores.ts'
import { deriveLimits } from './derive-limits.ts'
import { gateCandidate, type ScoreValues } from './gate-candidate.ts'

export interface RealScores {
  readonly values: ScoreValues
  readonly label: number
  /** Of train images: whole groups in a fold. Null for images of the validation split. */
  readonly fold: number | null
}

/** Images of validation below which train images, each judged by the other folds, say more. */
const fewestOfValidation = 30

/**
 * How many held-out real images of a class these shares would flag: of the validation split where all classes together have enough there,
 * else the train images, fold by fold, with limits from the other folds.
 */
export function heldOutRate(
  real: readonly RealScores[],
  { label, shares }: { readonly label: number; readonly shares: GateShares },
): HeldOutRate {
  const train = real.filter(({ fold }) => fold !== null)
  const val = real.filter(({ fold }) => fold === null)
  const limitsFrom = (rows: readonly RealScores[]) =>
    deriveLimits(
      {
        ofClass: rows.flatMap((row) => (row.label === label ? [row.values] : [])),
        ofAll: rows.map(({ values }) => values),
      },
      shares,
    )
  const source = val.length >= fewestOfValidation ? 'val' : 'folds'
  const judged =
    source === 'val'
      ? [{ rows: val, limits: limitsFrom(train) }]
      : [...new Set(train.map(({ fold }) => fold))].map((fold) => ({
          rows: train.filter((row) => row.fold === fold),
          limits: limitsFrom(train.filter((row) => row.fold !== fold)),
        }))
  const reasons = judged.flatMap(({ rows, limits }) =>
    rows.filter((row) => row.label === label).map(({ values }) => gateCandidate(values, limits)),
  )
  return {
    source,
    images: reasons.length,
    flagged: reasons.filter((each) => each.length > 0).length,
    byReason: countReasons(reasons),
  }
}

/** How many of the lists hold each reason. */
export const countReasons = (lists: readonly (readonly GateReason[])[]): Readonly<Record<GateReason, number>> =>
  Object.fromEntries(
    GateReason.options.map((reason) => [reason, lists.filter((each) => each.includes(reason)).length]),
  ) as Record<GateReason, number>
