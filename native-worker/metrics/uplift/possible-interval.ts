export interface PossibleInterval {
  readonly low: number
  readonly high: number
  /** It was wider than everything that is possible: nothing can be told from it. */
  readonly tooNoisy: boolean
}

/**
 * An interval of a difference of scores without what no score can give: next to a reference of 46 points, −110.7 is nothing that could be,
 * and −46 all that can be lost. A t interval knows of no such bounds; cutting it off at those of the quantity takes no value away that
 * could be the true one, so that it holds as often as before (restricted parameter space; Mandelkern 2002). The difference itself and 0 lie
 * within the bounds, and whether the interval holds 0 decides a finding: cutting changes none. The bounds are those of the reference as
 * it scored on the same test images.
 * @param reference its score in points, 0 to 100
 */
export function possibleInterval(
  { low, high }: { readonly low: number; readonly high: number },
  { reference }: { readonly reference: number },
): PossibleInterval {
  const most = 100
  return {
    low: Math.max(low, -reference),
    high: Math.min(high, most - reference),
    tooNoisy: high - low >= most,
  }
}
