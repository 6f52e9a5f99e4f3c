/** The lowest distance measured in a run, and how many measurements have passed without a lower one. */
export interface Best {
  readonly step: number
  readonly kid: number
  readonly measuredSince: number
}

/** A run has stopped learning after so many measurements without a gain, and so large a part of its steps. */
const plateauLength = 8
const plateauShare = 1 / 3

/** Null as long as nothing could be measured: classes too small, or too early. */
export function updateBest(best: Best | null, { step, kid }: { step: number; kid: number | undefined }): Best | null {
  if (kid === undefined || !Number.isFinite(kid)) return best
  if (best === null || kid < best.kid) return { step, kid, measuredSince: 0 }
  return { ...best, measuredSince: best.measuredSince + 1 }
}

/**
 * The lowest of many noisy values is undercut ever more seldom while a run still learns: how long it has to stand grows with the run.
 * @param step where the run is
 */
export const isOnPlateau = (best: Best | null, step: number): boolean =>
  best !== null && best.measuredSince >= plateauLength && step - best.step >= plateauShare * step

/** A run that is taken up after it has levelled off gets another chance. */
export const takeUp = (best: Best | null): Best | null =>
  best !== null && best.measuredSince >= plateauLength ? { ...best, measuredSince: 0 } : best
