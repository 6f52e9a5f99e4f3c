/** The lowest distance measured in a run, and how many measurements have passed without a lower one. */
export interface Best {
  readonly step: number
  readonly kid: number
  readonly measuredSince: number
}

/** Measurements without a gain after which a run has stopped learning. */
const plateauLength = 8

/** Null as long as nothing could be measured: classes too small, or too early. */
export function updateBest(best: Best | null, { step, kid }: { step: number; kid: number | undefined }): Best | null {
  if (kid === undefined || !Number.isFinite(kid)) return best
  if (best === null || kid < best.kid) return { step, kid, measuredSince: 0 }
  return { ...best, measuredSince: best.measuredSince + 1 }
}

export const isOnPlateau = (best: Best | null): boolean => best !== null && best.measuredSince >= plateauLength

/** A run that is taken up after it has levelled off gets another chance. */
export const takeUp = (best: Best | null): Best | null =>
  best !== null && isOnPlateau(best) ? { ...best, measuredSince: 0 } : best
