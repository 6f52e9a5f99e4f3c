import type { GateLimit, GateLimits, GateReason, ScoreName } from '../../../contract/scores.ts'

export type ScoreValues = Readonly<Partial<Record<ScoreName, number>>>

/** As a share of the limit: what is so much nearer needs nothing else to be believed; a mirrored copy is none to features. */
const farNearer = 0.5
/** Farther than this nothing is the same picture: rounding of equal ones stays far below. */
const sameImage = 1e-3

/**
 * Why a picture with these scores would be held back; nothing where no limit speaks against it. What was not measured flags nothing,
 * but a picture that equals a real one is a copy whatever the limits are.
 */
export function gateCandidate(scores: ScoreValues, limits: GateLimits): readonly GateReason[] {
  const isCopy =
    (scores.imageDistance ?? Infinity) < sameImage ||
    (isBelow(scores.imageDistance, limits.copyImage) && isConfirmed(scores, limits))
  const isFar = isAbove(scores.domainDistance, limits.farDomain) || isAbove(scores.randomDistance, limits.farRandom)
  return [
    ...(isCopy ? (['copy'] as const) : []),
    ...(isFar ? (['too_far'] as const) : []),
    ...(isBelow(scores.classAgreement, limits.agreement) ? (['class_disagrees'] as const) : []),
  ]
}

/**
 * What the pictures say is believed where the features of at least one network are near, too: alone it would call a straight scratch a copy
 * of any other. Features alone say nothing of copies: networks learn not to see what makes two pictures different.
 */
function isConfirmed(scores: ScoreValues, { copyImage, copyDomain, copyRandom }: GateLimits): boolean {
  if (scores.domainDistance === undefined && scores.randomDistance === undefined) return true
  if (copyImage.kind === 'limit' && (scores.imageDistance ?? Infinity) < farNearer * copyImage.value) return true
  return isBelow(scores.domainDistance, copyDomain) || isBelow(scores.randomDistance, copyRandom)
}

const isBelow = (value: number | undefined, limit: GateLimit): boolean =>
  value !== undefined && limit.kind === 'limit' && value < limit.value
const isAbove = (value: number | undefined, limit: GateLimit): boolean =>
  value !== undefined && limit.kind === 'limit' && value > limit.value
