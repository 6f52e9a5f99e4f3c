import type { GateLimit, GateLimits } from '../../../contract/scores.ts'
import type { ScoreValues } from './gate-candidate.ts'

/** What a candidate is worth, 0 to 1, and how much it needs a person's eye, 0 to 1. */
export interface Rating {
  readonly quality: number
  readonly doubt: number
}

/** Within the middle half of what is plausible nothing is taken off. */
const edgeSlope = 4

/**
 * One number to order by, made of what is known: the probability of its class, how far it keeps from both limits of likeness, and how
 * near its grain and sharpness are to the real ones'. Doubt is highest where the networks are undecided or a limit is near. Null where
 * nothing was measured. It orders candidates of a project and says nothing by itself.
 */
export function rateCandidate(scores: ScoreValues, limits: GateLimits): Rating | null {
  const agreement = scores.classAgreement ?? null
  const place = placeBelow(scores.domainDistance, limits.farDomain)
  const detail = [scores.grainRatio, scores.sharpnessRatio].flatMap((ratio) =>
    ratio === undefined ? [] : [Math.exp(-Math.abs(Math.log(Math.max(ratio, 1e-3))))],
  )
  const parts = [
    ...(agreement === null ? [] : [agreement]),
    ...(place === null ? [] : [Math.min(1, edgeSlope * place, edgeSlope * (1 - place))]),
    ...detail,
  ]
  if (parts.length === 0) return null
  const quality = Math.exp(parts.reduce((sum, part) => sum + Math.log(Math.max(part, 1e-3)), 0) / parts.length)
  const undecided = agreement === null ? 0 : 1 - Math.abs(2 * agreement - 1)
  const nearLimit = place === null ? 0 : Math.abs(2 * Math.min(1, Math.max(0, place)) - 1)
  return { quality, doubt: agreement === null && place === null ? 1 - quality : Math.max(undecided, nearLimit ** 4) }
}

/** 0 where it equals a real image, 1 at the limit of what is too far; held within. */
function placeBelow(distance: number | undefined, far: GateLimit): number | null {
  if (distance === undefined || far.kind !== 'limit' || far.value <= 0) return null
  return Math.min(1, Math.max(0, distance / far.value))
}
