import { upliftTraining, type UpliftMix } from '../../../contract/uplift-cells.ts'
import type { UpliftDosePoint } from '../../../contract/uplift.ts'
import { groupBootstrap } from '../../metrics/uplift/group-bootstrap.ts'
import { RandomStream } from '../../random/random-stream.ts'
import type { CellBook } from './cell-book.ts'
import { labelsOf } from './cell-book.ts'
import { updatesFor, type CellMaker, type CellPlan } from './cell-plans.ts'
import { referencePlan } from './choose-updates.ts'

export interface ArmPlan {
  readonly name: string
  /** Index of the source; null where only painted defects are learned from. */
  readonly source: number | null
  readonly painted: boolean
}

export interface ChosenDose {
  readonly dose: number
  readonly mix: UpliftMix
  readonly curve: readonly UpliftDosePoint[]
  /** It did better than the reference: dose 0 has not won. */
  readonly preferred: boolean
}

interface DoseOptions {
  readonly maker: CellMaker
  readonly doses: readonly number[]
  readonly updates: number
  readonly seeds: readonly number[]
}

type Candidate = Pick<CellPlan, 'dose' | 'mix'>

/** For each arm the dose that does best on the images it is chosen by, never on the test. Two arms of a source have the same. */
export async function chooseDoses(
  book: CellBook,
  arms: readonly ArmPlan[],
  { maker, doses, updates, seeds }: DoseOptions,
): Promise<ReadonlyMap<string, ChosenDose>> {
  const plansOf = ({ source, painted }: ArmPlan, candidate: Candidate): CellPlan[] =>
    seeds.map((seed) => ({
      ...{ source, painted, ...candidate, seed },
      ...{ updates: updatesFor({ painted }, updates), judge: 'validation' },
    }))
  const references = [1, upliftTraining.longer].map((times) =>
    seeds.map((seed): CellPlan => ({
      ...referencePlan,
      updates: Math.round(updates * times),
      seed,
      judge: 'validation',
    })),
  )
  const pointsOf = (arm: ArmPlan, candidates: readonly Candidate[]): UpliftDosePoint[] =>
    candidates.map((candidate) => compare(book, { arm: plansOf(arm, candidate), references, candidate }))

  const bySource = new Map(
    [...new Set(arms.map(({ source }) => source))].map((source) => [
      source,
      source === null ? [{ dose: 0, mix: 'mixed' } as const] : candidatesOf(maker, { source, doses }),
    ]),
  )
  const plain = [...bySource].flatMap(([source, candidates]) =>
    source === null ? [] : candidates.flatMap((candidate) => plansOf({ name: '', source, painted: false }, candidate)),
  )
  await book.measure([...references.flat(), ...plain])
  const best = new Map(
    [...bySource].map(([source, candidates]) => {
      const curve = source === null ? [] : pointsOf({ name: '', source, painted: false }, candidates)
      const top = curve.toSorted((a, b) => b.delta - a.delta)[0] ?? candidates[0]
      return [source, { curve, top }] as const
    }),
  )
  const painted = arms.filter((arm) => arm.painted)
  const topOf = ({ source }: ArmPlan): Candidate => {
    const { dose = 0, mix = 'mixed' } = best.get(source)?.top ?? {}
    return { dose, mix }
  }
  await book.measure(painted.flatMap((arm) => plansOf(arm, topOf(arm))))
  return new Map(
    arms.map((arm) => {
      const { dose, mix } = topOf(arm)
      const curve = arm.painted ? pointsOf(arm, [{ dose, mix }]) : (best.get(arm.source)?.curve ?? [])
      const chosen = curve.find((point) => point.dose === dose && point.mix === mix)
      return [arm.name, { dose, mix, curve, preferred: (chosen?.delta ?? 0) > 0 }]
    }),
  )
}

/**
 * Doses that differ in what they take, and the middle one with its samples first. A single dose is what somebody asks for: it is mixed in,
 * and nothing is chosen.
 */
export function candidatesOf(
  maker: Pick<CellMaker, 'syntheticAt'>,
  { source, doses }: { readonly source: number; readonly doses: readonly number[] },
): readonly Candidate[] {
  const seen = new Set<string>()
  const mixed = doses.flatMap((dose): Candidate[] => {
    const counts = maker.syntheticAt(source, dose)
    const name = counts.join()
    if (seen.has(name) || counts.every((count) => count === 0)) return []
    seen.add(name)
    return [{ dose, mix: 'mixed' }]
  })
  const largest = mixed.findLast(({ dose }) => dose <= 1) ?? mixed[0]
  if (largest === undefined || doses.length === 1) return mixed
  return [...mixed, { dose: largest.dose, mix: 'first' }]
}

function compare(
  book: CellBook,
  {
    arm,
    references,
    candidate,
  }: {
    readonly arm: readonly CellPlan[]
    /** The better one counts. */
    readonly references: readonly (readonly CellPlan[])[]
    readonly candidate: Candidate
  },
): UpliftDosePoint {
  const side = book.judged('validation')
  const measured = book.read(arm)
  const [before] = references.map((plans) => book.read(plans)).toSorted((a, b) => b.macroF1 - a.macroF1)
  if (before === undefined) throw new RangeError('there is no reference to compare with')
  const { macroF1 } = groupBootstrap(
    {
      ...{ truth: labelsOf(side), groups: side.groups },
      ...{ reference: before.predicted, arm: measured.predicted },
    },
    { classCount: side.counts.length, random: RandomStream.fromSeed(1, 'dose bootstrap'), draws: 500 },
  )
  return { ...candidate, delta: measured.macroF1 - before.macroF1, low: macroF1.low, high: macroF1.high }
}
