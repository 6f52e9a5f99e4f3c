import type { HealthFinding } from './health-finding.ts'

type Curve = readonly (number | null)[]

const fewestGaps = 20
/** D(real) − D(fake): 1 where every image is told apart, 0 where none is. */
const wonGap = 0.98
const aheadGap = 0.9
const blindGap = 0.02
/** Of the recent values: a single step back does not end a stalemate. */
const stuckShare = 0.9

export function judgeBalance(dReal: Curve, dFake: Curve): HealthFinding {
  const gaps = measured(
    dReal.map((real, index) => {
      const fake = dFake[index]
      return real === null || fake === null || fake === undefined ? null : real - fake
    }),
  )
  if (gaps.length < fewestGaps) return { kind: 'balanceEarly' }
  const recent = gaps.slice(-Math.max(fewestGaps, Math.round(gaps.length / 5)))
  const isStuck = (test: (gap: number) => boolean): boolean => recent.filter(test).length >= stuckShare * recent.length
  if (isStuck((gap) => gap > wonGap)) return { kind: 'discriminatorWon' }
  if (isStuck((gap) => gap > aheadGap)) return { kind: 'discriminatorAhead' }
  if (isStuck((gap) => gap < blindGap)) return { kind: 'discriminatorBlind' }
  return { kind: 'balanceFine' }
}

const measured = (curve: Curve): readonly number[] => curve.filter((value) => value !== null)
