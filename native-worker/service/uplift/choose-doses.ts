import { longerUpdates, type UpliftMix } from '../../../contract/uplift-cells.ts'
import type { UpliftDosePoint } from '../../../contract/uplift.ts'
import { groupBootstrap } from '../../metrics/uplift/group-bootstrap.ts'
import { RandomStream } from '../../random/random-stream.ts'
import type { CellBook, Repeats } from './cell-book.ts'
import { labelsOf } from './cell-book.ts'
import { referencePlans, updatesFor, type CellMaker, type CellPlan } from './cell-plans.ts'

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
  /** By how much the chosen dose did better than the reference; above 0, dose 0 has not won. */
  readonly gain: number
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
  const shorter = referencePlans({ updates, seeds, judge: 'validation' })
  const longer = referencePlans({ updates: longerUpdates(updates), seeds, judge: 'validation' })

  const bySource = new Map(
    [...new Set(arms.map(({ source }) => source))].map((source) => [
      source,
      source === null ? [{ dose: 0, mix: 'mixed' } as const] : candidatesOf(maker, { source, doses }),
    ]),
  )
  const plain = [...bySource].flatMap(([source, candidates]) =>
    source === null ? [] : candidates.flatMap((candidate) => plansOf({ name: '', source, painted: false }, candidate)),
  )
  await book.measure([...shorter, ...longer, ...plain])
  const [atOnce, long] = [book.read(shorter), book.read(longer)]
  const reference = long.macroF1 > atOnce.macroF1 ? long : atOnce
  const pointsOf = (arm: ArmPlan, candidates: readonly Candidate[]): UpliftDosePoint[] =>
    candidates.map((candidate) => compare(book, { arm: book.read(plansOf(arm, candidate)), reference, candidate }))
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
      return [arm.name, { dose, mix, curve, gain: chosen?.delta ?? 0 }]
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
  { arm, reference, candidate }: { readonly arm: Repeats; readonly reference: Repeats; readonly candidate: Candidate },
): UpliftDosePoint {
  const side = book.judged('validation')
  const { macroF1 } = groupBootstrap(
    {
      ...{ truth: labelsOf(side), groups: side.groups },
      ...{ reference: reference.predicted, arm: arm.predicted },
    },
    { classCount: side.counts.length, random: RandomStream.fromSeed(1, 'dose bootstrap'), draws: 500 },
  )
  return { ...candidate, delta: arm.macroF1 - reference.macroF1, low: macroF1.low, high: macroF1.high }
}
