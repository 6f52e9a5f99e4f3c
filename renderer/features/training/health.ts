import type { MetricSeries } from '../../../contract/training.ts'
import { judgeBalance } from './balance-finding.ts'
import type { HealthFinding, RunOfHealth } from './health-finding.ts'
import { findLikeness } from './likeness-finding.ts'
import { judgeLosses } from './losses-finding.ts'
import { findMetric } from '../../../contract/metric-names.ts'
import { judgeVariety } from './variety-finding.ts'

/** `plain`: nothing is wrong with it, which says nothing about the pictures. */
export type HealthTone = 'unknown' | 'good' | 'plain' | 'warn' | 'bad'

export interface HealthLight {
  readonly light: 'likeness' | 'variety' | 'losses' | 'balance'
  readonly finding: HealthFinding
  readonly tone: HealthTone
}

const tones: Readonly<Record<HealthFinding['kind'], HealthTone>> = {
  likenessEarly: 'unknown',
  classFlat: 'bad',
  classFar: 'bad',
  classUnlike: 'warn',
  classBlurred: 'warn',
  classRising: 'unknown',
  classUnmeasured: 'unknown',
  likenessFine: 'good',
  lossesEarly: 'unknown',
  lossesFine: 'plain',
  lossesLarge: 'warn',
  lossesRolledBack: 'warn',
  lossesLost: 'bad',
  balanceEarly: 'unknown',
  balanceFine: 'plain',
  discriminatorAhead: 'warn',
  discriminatorWon: 'bad',
  discriminatorBlind: 'warn',
  varietyEarly: 'unknown',
  varietyRising: 'unknown',
  varietyUnmeasured: 'unknown',
  varietyFine: 'good',
  classThin: 'warn',
  classCollapsed: 'bad',
  coverageFallen: 'bad',
}

/** The light that most needs to be read. */
export function worstLight(lights: readonly HealthLight[]): HealthLight | null {
  const order: readonly HealthTone[] = ['bad', 'warn', 'unknown', 'plain', 'good']
  return lights.toSorted((a, b) => order.indexOf(a.tone) - order.indexOf(b.tone))[0] ?? null
}

/**
 * One light for each thing that can go wrong with a GAN and that the recorded metrics show; none without metrics. What the pictures
 * look like comes first: losses, balance and variety may be in order over garbage, so none of them is good while likeness is not.
 */
export function assessHealth(points: MetricSeries, run: RunOfHealth): readonly HealthLight[] {
  if (points.steps.length === 0 && run.end !== 'diverged') return []
  const curveOf = (name: string): readonly (number | null)[] | undefined =>
    findMetric(points.curves, { name, className: null })?.values
  const [dReal, dFake] = [curveOf('dReal'), curveOf('dFake')]
  const likeness = findLikeness(points, run)
  const isAlike = tones[likeness.kind] === 'good'
  const lights: readonly Omit<HealthLight, 'tone'>[] = [
    { light: 'likeness', finding: likeness },
    { light: 'variety', finding: judgeVariety(points, run) },
    { light: 'losses', finding: judgeLosses(points, run) },
    ...(dReal === undefined || dFake === undefined
      ? []
      : [{ light: 'balance' as const, finding: judgeBalance(dReal, dFake) }]),
  ]
  return lights.map((entry) => {
    const tone = toneOf(entry.finding, run)
    return { ...entry, tone: tone === 'good' && !isAlike ? 'plain' : tone }
  })
}

/**
 * What is far from real and on its way is to be watched; acting on it would stop what may get there. Good is said only with a figure,
 * what it is held against, and of how many images: losses and balance have none of these.
 */
function toneOf(finding: HealthFinding, { end }: RunOfHealth): HealthTone {
  if (finding.kind === 'classFar' && finding.worst.trend === 'rising' && end === null) return 'warn'
  return finding.kind === 'varietyFine' && finding.images === null ? 'plain' : tones[finding.kind]
}
