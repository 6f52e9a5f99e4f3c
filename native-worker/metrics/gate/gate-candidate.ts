import type { GateLimit, GateLimits, GateReason, ScoreName } from '../../../contract/scores.ts'

export type ScoreValues = Readonly<Partial<Record<ScoreName, number>>>

/** Farther than this nothing is the same picture: rounding of equal ones stays far below. */
const sameImage = 1e-3

/**
 * Why a picture with these scores would be held back; nothing where no limit speaks against it. What was not measured flags nothing,
 * but a picture that equals a real one is a copy whatever the limits are.
 */
export function gateCandidate(scores: ScoreValues, limits: GateLimits): readonly GateReason[] {
  const isCopy =
    (scores.imageDistance ?? Infinity) < sameImage ||
    isBelow(scores.imageDistance, limits.copyImage) ||
    isBelow(scores.domainDistance, limits.copyDomain)
  const isFar = isAbove(scores.domainDistance, limits.farDomain) || isAbove(scores.randomDistance, limits.farRandom)
  return [
    ...(isCopy ? (['copy'] as const) : []),
    ...(isFar ? (['too_far'] as const) : []),
    ...(isBelow(scores.classAgreement, limits.agreement) ? (['class_disagrees'] as const) : []),
  ]
}

const isBelow = (value: number | undefined, limit: GateLimit): boolean =>
  value !== undefined && limit.kind === 'limit' && value < limit.value
const isAbove = (value: number | undefined, limit: GateLimit): boolean =>
  value !== undefined && limit.kind === 'limit' && value > limit.value
