import { setImmediate as nextTurn } from 'node:timers/promises'
import type { EngineName } from '../../../contract/engines.ts'
import {
  fewestSeeds,
  nearCeiling,
  type UpliftArm,
  type UpliftFinding,
  type UpliftReference,
  type UpliftResult,
  type UpliftWish,
} from '../../../contract/uplift.ts'
import { longerUpdates, upliftTraining } from '../../../contract/uplift-cells.ts'
import { meanConfusion } from '../../metrics/uplift/confusion.ts'
import { errorOfWay } from '../../metrics/uplift/simultaneous.ts'
import { CellBook, type MeasureCells, type Repeats } from './cell-book.ts'
import { CellMaker, referencePlans, updatesFor, type CellPlan } from './cell-plans.ts'
import { chooseDoses, type ArmPlan, type ChosenDose } from './choose-doses.ts'
import { chooseUpdates, choosingSeedsOf, type ChosenUpdates } from './choose-updates.ts'
import { compareArm, falseAlarmsOf, meanOf } from './compare-arm.ts'
import { planArms } from './plan-arms.ts'
import type { UpliftInput } from './uplift-input.ts'
import type { UpliftPace } from './uplift-scales.ts'

export interface ProtocolOptions {
  readonly wish: UpliftWish
  readonly pace: UpliftPace
  readonly engine: EngineName
  readonly measure: MeasureCells
  /** Ways that were compared on these very images before: the more one looks at, the more look good by luck. */
  readonly comparedBefore?: readonly string[]
  /** What the first comparison over these images put foremost, null for nothing; left out where this is the first. */
  readonly foremostBefore?: string | null | undefined
  /** What a measurement that was cut off had chosen: time has a say in it, so it is not chosen again. */
  readonly chosen?: ChosenUpdates | null
  /** Called once, with the updates of all that follow and those of all cells together. */
  readonly onChosen?: (chosen: ChosenUpdates, updatesInAll: number) => void
}

const { longer, paintedPart } = upliftTraining
/** Points of macro-F1 by which more updates would have to be better on the test images for the plateau not to have been one. */
const muchBetter = 2
/** Painting for one seed, on a slow machine. */
const paintingSecondsEach = 4e-3

/**
 * The whole protocol: updates at the reference's plateau, doses on the images that are chosen by, then every arm against the reference
 * on the test images, seed by seed. Says nothing about who measures.
 */
export async function followProtocol(
  input: UpliftInput,
  { wish, pace, engine, measure, comparedBefore = [], foremostBefore, chosen: known = null, onChosen }: ProtocolOptions,
): Promise<Omit<UpliftResult, 'measuredAt' | 'seconds' | 'inputs'>> {
  const maker = new CellMaker(input, { scale: pace.scale, engine })
  const book = new CellBook(input, { maker, measure })
  const doses = (wish.doses ?? pace.doses).filter((dose) => dose > 0)
  const { arms, absent } = planArms(input, { wish, pace, maker, doses })
  const seeds = Array.from({ length: wish.seeds ?? fewestSeeds[wish.mode] }, (_, index) => index + 1)

  const sources = new Set(arms.flatMap(({ source }) => (source === null ? [] : [source]))).size
  const painted = arms.filter((arm) => arm.painted).length
  // A seed's painted defects are learned once for all that begin with them.
  const paintedTime = painted === 0 ? 0 : longer * (paintedPart + painted * (1 - paintedPart))
  // Who looks for the plateau has trained the shorter reference by then.
  const shorter = known === null ? 0 : 1
  const toCome = (ofPainted: number): number =>
    pace.choosingSeeds * (shorter + longer + sources * (doses.length + 1) + ofPainted) +
    seeds.length * (1 + longer + arms.length - painted + ofPainted)
  const { families, perFamily } = pace.scale
  const paintings = painted === 0 ? 0 : seeds.length + pace.choosingSeeds
  const chosen =
    known ??
    (await chooseUpdates(book, {
      pace,
      updatesToCome: toCome(paintedTime),
      overheadSeconds: paintings * 11 * families * perFamily * paintingSecondsEach,
    }))
  const { updates, atPlateau } = chosen
  onChosen?.(chosen, toCome(longer * painted) * updates)
  const dosed = await chooseDoses(book, arms, { maker, doses, updates, seeds: choosingSeedsOf(pace) })

  const plansOf = ({ source, painted: isPainted, name }: ArmPlan): CellPlan[] => {
    const { dose = 0, mix = 'mixed' } = dosed.get(name) ?? {}
    const own = updatesFor({ painted: isPainted }, updates)
    return seeds.map((seed) => ({ source, painted: isPainted, dose, mix, updates: own, seed, judge: 'test' }))
  }
  const atOncePlans = referencePlans({ updates, seeds, judge: 'test' })
  const longPlans = referencePlans({ updates: longerUpdates(updates), seeds, judge: 'test' })
  const planned = [atOncePlans, longPlans, ...arms.map(plansOf)]
  // Seed by seed: whatever is cut off has whole pairs, and what was painted for a seed is painted once.
  await book.measure(seeds.flatMap((_, index) => planned.flatMap((plans) => plans[index] ?? [])))

  const [atOnce, long] = [book.read(atOncePlans), book.read(longPlans)]
  const isLonger = long.macroF1 > atOnce.macroF1
  const reference = isLonger ? long : atOnce
  const ways = new Set([...comparedBefore, ...arms.map(({ name }) => name)]).size
  const foremost = foremostBefore === undefined ? putForemost(dosed) : foremostBefore
  const measured: UpliftArm[] = []
  for (const arm of arms) {
    // A bootstrap takes a while; whoever else wants something gets a turn.
    await nextTurn()
    const { dose = 0, mix = 'mixed', curve = [], gain = 0 } = dosed.get(arm.name) ?? {}
    const source = arm.source === null ? null : (input.sources[arm.source] ?? null)
    measured.push({
      arm: arm.name,
      source: source?.recipe ?? null,
      gated: source?.gated ?? false,
      ...{ painted: arm.painted, mix, dose, preferred: gain > 0, curve },
      synthetic: arm.source === null ? input.classes.map(() => 0) : maker.syntheticAt(arm.source, dose),
      ...compareWithBoth(book.read(plansOf(arm)), {
        ...{ reference, sameUpdates: arm.painted ? long : atOnce },
        ...{ input, repeatsNeeded: fewestSeeds[wish.mode] },
        error: errorOfWay({ isForemost: arm.name === foremost }, { ways, hasForemost: foremost !== null }),
      }),
    })
  }
  return {
    ...{ mode: wish.mode, engine, edge: pace.scale.edge, seeds, updates, ways, foremost },
    painting: { families, perFamily },
    atPlateau: atPlateau && long.macroF1 < atOnce.macroF1 + muchBetter,
    classes: input.classes.map((each, label) => ({
      ...each,
      train: input.train.counts[label] ?? 0,
      validation: book.judged('validation').counts[label] ?? 0,
      test: input.test.counts[label] ?? 0,
    })),
    nTest: input.test.images.length,
    nTestGroups: new Set(input.test.groups).size,
    reference: describeReference(reference, {
      ...{ input, atOnce, long },
      updates: isLonger ? longerUpdates(updates) : updates,
    }),
    arms: measured,
    absent: [...input.absent, ...absent],
    verdict: decide(measured, { input, reference, isEnough: seeds.length >= fewestSeeds[wish.mode] }),
  }
}

/** What did best on the images it is chosen by. */
function putForemost(dosed: ReadonlyMap<string, ChosenDose>): string | null {
  const [first] = [...dosed].filter(([, { gain }]) => gain > 0).toSorted(([, a], [, b]) => b.gain - a.gain)
  return first?.[0] ?? null
}

/**
 * A gain counts against the better one of the two references. A loss has to be one against the reference of the same updates as well:
 * less time to learn is no fault of the images.
 */
function compareWithBoth(
  arm: Repeats,
  {
    reference,
    sameUpdates,
    ...options
  }: Parameters<typeof compareArm>[1] & { readonly reference: Repeats; readonly sameUpdates: Repeats },
): ReturnType<typeof compareArm> & Pick<UpliftArm, 'atSameUpdates'> {
  const compared = compareArm({ arm, reference }, options)
  if (compared.finding !== 'hurts' || reference === sameUpdates) return compared
  const { finding, delta, low, high } = compareArm({ arm, reference: sameUpdates }, options)
  return { ...compared, finding: finding === 'hurts' ? 'hurts' : 'noEvidence', atSameUpdates: { delta, low, high } }
}

function describeReference(
  reference: Repeats,
  {
    input,
    atOnce,
    long,
    updates,
  }: { readonly input: UpliftInput; readonly atOnce: Repeats; readonly long: Repeats; readonly updates: number },
): UpliftReference {
  const { scores, macroF1, confusions } = reference
  const variance = meanOf(scores.map((score) => (100 * score.macroF1 - macroF1) ** 2))
  return {
    ...{ macroF1, updates },
    balancedAccuracy: 100 * meanOf(scores.map((score) => score.balancedAccuracy)),
    deviation: scores.length < 2 ? 0 : Math.sqrt((variance * scores.length) / (scores.length - 1)),
    macroF1AtOnce: atOnce.macroF1,
    macroF1Longer: long.macroF1,
    falseAlarms: falseAlarmsOf(reference, input),
    recalls: input.classes.map((_, label) => {
      const recalls = scores.flatMap((score) => score.recalls[label] ?? [])
      return recalls.length === 0 ? null : 100 * meanOf(recalls)
    }),
    confusion: meanConfusion(confusions),
  }
}

/** Recommended is the way that helps with the most certainty among all that were compared, and did better where it was chosen, too. */
function decide(
  arms: readonly UpliftArm[],
  {
    input,
    reference,
    isEnough,
  }: { readonly input: UpliftInput; readonly reference: Repeats; readonly isEnough: boolean },
): UpliftResult['verdict'] {
  const helping = arms.filter(({ finding, preferred }) => finding === 'helps' && preferred)
  const best = helping.toSorted((a, b) => b.low - a.low)[0] ?? null
  const shown = best ?? arms.toSorted((a, b) => b.delta - a.delta)[0]
  return {
    overall: overallOf(arms, { best, isEnough }),
    perClass: shown?.perClass ?? [],
    recommended:
      best === null
        ? null
        : {
            ...{ arm: best.arm, source: best.source, gated: best.gated },
            ...{ dose: best.dose, mix: best.mix, painted: best.painted },
          },
    unjudged: input.classes.flatMap(({ name }, label) => (input.test.counts[label] === 0 ? [name] : [])),
    nearCeiling: reference.macroF1 > nearCeiling,
  }
}

function overallOf(
  arms: readonly UpliftArm[],
  { best, isEnough }: { readonly best: UpliftArm | null; readonly isEnough: boolean },
): UpliftFinding {
  if (arms.length === 0 || !isEnough) return 'notMeasured'
  if (best !== null) return 'helps'
  return arms.every(({ finding }) => finding === 'hurts') ? 'hurts' : 'noEvidence'
}
