import type { TrainerReport } from '../../../contract/trainer.ts'
import { evaluateClass } from '../../metrics/evaluate-class.ts'
import { tellApart } from '../../metrics/telling-apart.ts'
import { RandomStream } from '../../random/random-stream.ts'
import type { FeatureScores } from './score-features.ts'
import type { Item, RealItem } from './score-set.ts'

type Compared = Extract<TrainerReport, { kind: 'runsCompared' }>['runs'][number]

/** The candidates of a run and class, and the real images of the class. */
export interface RunOfClass {
  readonly run: number
  readonly label: number
  readonly real: readonly RealItem[]
  readonly synthetic: readonly Item[]
}

/** @param runOf by index in the task's list */
export function groupByRun(
  train: readonly RealItem[],
  candidates: readonly Item[],
  runOf: (index: number) => number,
): readonly RunOfClass[] {
  const groups = new Map<string, { readonly run: number; readonly label: number; readonly synthetic: Item[] }>()
  for (const item of candidates) {
    const run = runOf(item.index)
    const key = `${run} ${item.label}`
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { run, label: item.label, synthetic: [item] })
    else known.synthetic.push(item)
  }
  return [...groups.values()].map((group) => ({ ...group, real: train.filter(({ label }) => label === group.label) }))
}

/** How well the candidates of each run can be told from the real images of their class. */
export const compareRuns = (runs: readonly RunOfClass[], features: FeatureScores): readonly Compared[] =>
  runs.map(({ run, label, real, synthetic }) => {
    const found = tellApart(
      features.scaled(real.map(({ sha256 }) => sha256)),
      features.scaled(synthetic.map(({ sha256 }) => sha256)),
      { groups: real.map(({ group }) => group), random: RandomStream.fromSeed(1, `telling apart ${run} ${label}`) },
    )
    const measured = found.kind === 'measured' ? found : { auc: null, floor: null }
    return { run, label, auc: measured.auc, floor: measured.floor, real: real.length, synthetic: synthetic.length }
  })

type Measured = Extract<TrainerReport, { kind: 'figuresMeasured' }>['figures'][number]

/** Figures about the candidates of each run; held-out real images are those of the validation split. */
export const evaluateRuns = (
  runs: readonly RunOfClass[],
  { features, val }: { readonly features: FeatureScores; readonly val: readonly Item[] },
): readonly Measured[] =>
  runs.flatMap(({ run, label, real, synthetic }) => {
    const scaled = (items: readonly Item[]) => features.scaled(items.map(({ sha256 }) => sha256))
    return evaluateClass({
      train: scaled(real),
      groups: real.map(({ group }) => group),
      heldOut: scaled(val.filter((item) => item.label === label)),
      synthetic: scaled(synthetic),
      random: RandomStream.fromSeed(1, `figures ${run} ${label}`),
    }).map((figure) => ({ run, label, ...figure }))
  })
