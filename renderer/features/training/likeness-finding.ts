import type { MetricSeries } from '../../../contract/training.ts'
import type { ClassLikeness, LikenessVerdict } from '../../../contract/class-likeness.ts'
import { imagesMissing, judgeLikeness } from '../../../contract/class-likeness.ts'
import type { HealthFinding, RunOfHealth } from './health-finding.ts'

/** The class that is worst, or that it is too early to say. */
export function findLikeness(points: MetricSeries, run: RunOfHealth): HealthFinding {
  const all = judgeLikeness(points, run)
  const judged = all.filter(({ verdict, trend }) => verdict !== 'unmeasured' && (trend !== 'early' || run.end !== null))
  // A class says more than the mean over all of them.
  const worstOf = (verdict: LikenessVerdict): ClassLikeness | undefined =>
    judged
      .filter((entry) => entry.verdict === verdict)
      .toSorted(
        (a, b) => Number(a.className === null) - Number(b.className === null) || (a.coverage ?? 1) - (b.coverage ?? 1),
      )[0]
  const kinds = [
    ['flat', 'classFlat'],
    ['far', 'classFar'],
    ['unlike', 'classUnlike'],
    ['blurred', 'classBlurred'],
  ] as const
  for (const [verdict, kind] of kinds) {
    const worst = worstOf(verdict)
    if (worst !== undefined) return { kind, worst }
  }
  if (judged.length === 0) {
    const small = all.find((entry) => imagesMissing(entry) > 0)
    return small === undefined ? { kind: 'likenessEarly' } : { kind: 'classUnmeasured', worst: small }
  }
  const unmeasured = all.find(({ verdict }) => verdict === 'unmeasured')
  if (unmeasured !== undefined) return { kind: 'classUnmeasured', worst: unmeasured }
  if (all.some(({ trend }) => trend === 'early')) return { kind: 'likenessEarly' }
  const rising = all.find(({ trend }) => trend === 'rising')
  return rising === undefined ? { kind: 'likenessFine', classes: all } : { kind: 'classRising', worst: rising }
}
