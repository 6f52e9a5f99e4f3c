import {
  fewestForLimits,
  type GateLimit,
  type GateLimits,
  type GateShares,
  type ScoreName,
} from '../../../contract/scores.ts'
import { quantile } from '../order-statistics.ts'
import type { ScoreValues } from './gate-candidate.ts'

/** A candidate that the networks give more than this is not disagreed with, however sure they are of the real ones. */
const majority = 0.5

/** Share of real images below which features count as near: they only confirm what the pictures say. */
const near = 0.5

/**
 * The limits of one class: quantiles of the scores of real train images, each compared with those of other groups and, where networks
 * learn, by one that did not see it. From the class itself where it has enough images, else from all classes together.
 */
export function deriveLimits(
  { ofClass, ofAll }: { readonly ofClass: readonly ScoreValues[]; readonly ofAll: readonly ScoreValues[] },
  { copy, tooFar, disagreement }: GateShares,
): GateLimits {
  const limit = (name: ScoreName, share: number, at: number): GateLimit => {
    if (share === 0) return { kind: 'off' }
    const own = valuesOf(ofClass, name)
    if (own.length >= fewestForLimits)
      return { kind: 'limit', value: quantile(own, at), from: 'class', images: own.length }
    const all = valuesOf(ofAll, name)
    return all.length >= fewestForLimits
      ? { kind: 'limit', value: quantile(all, at), from: 'all', images: all.length }
      : { kind: 'notMeaningful', images: all.length, needed: fewestForLimits }
  }
  const agreement = limit('classAgreement', disagreement, disagreement)
  return {
    copyImage: limit('imageDistance', copy, copy),
    copyDomain: limit('domainDistance', copy, near),
    copyRandom: limit('randomDistance', copy, near),
    farDomain: limit('domainDistance', tooFar, 1 - tooFar),
    farRandom: limit('randomDistance', tooFar, 1 - tooFar),
    agreement: agreement.kind === 'limit' ? { ...agreement, value: Math.min(agreement.value, majority) } : agreement,
  }
}

const valuesOf = (rows: readonly ScoreValues[], name: ScoreName): Float32Array =>
  Float32Array.from(rows.flatMap((row) => row[name] ?? []))
