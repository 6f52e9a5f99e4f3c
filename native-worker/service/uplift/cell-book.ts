import type { UpliftCell, UpliftCellResult } from '../../../contract/uplift-cells.ts'
import { confusionOf, scoreConfusion, type Confusion, type ConfusionScore } from '../../metrics/uplift/confusion.ts'
import type { CellMaker, CellPlan } from './cell-plans.ts'
import type { UpliftInput, UpliftSide } from './uplift-input.ts'

/** Measures those cells that are not known yet; answers all of them, in order. */
export type MeasureCells = (cells: readonly UpliftCell[]) => Promise<readonly UpliftCellResult[]>

/** What the cells of one way say, a seed each. */
export interface Repeats {
  readonly predicted: readonly (readonly number[])[]
  readonly confusions: readonly Confusion[]
  readonly scores: readonly ConfusionScore[]
  /** Mean macro-F1, in points. */
  readonly macroF1: number
  readonly seconds: number
}

/** Plans in, scores out; remembers what the judged images are. */
export class CellBook {
  readonly #maker: CellMaker
  readonly #measure: MeasureCells
  readonly #input: UpliftInput
  readonly #results = new Map<string, UpliftCellResult>()

  constructor(input: UpliftInput, { maker, measure }: { readonly maker: CellMaker; readonly measure: MeasureCells }) {
    this.#input = input
    this.#maker = maker
    this.#measure = measure
  }

  /** In the order given: a child that measures one after the other can use what the one before has learned. */
  async measure(plans: readonly CellPlan[]): Promise<void> {
    const cells = new Map(plans.map((plan) => [this.#maker.make(plan).key, this.#maker.make(plan)]))
    const missing = [...cells.values()].filter(({ key }) => !this.#results.has(key))
    for (const result of await this.#measure(missing)) this.#results.set(result.key, result)
  }

  /** Of cells that have been measured. */
  read(plans: readonly CellPlan[]): Repeats {
    const results = plans.map((plan) => {
      const result = this.#results.get(this.#maker.make(plan).key)
      if (result === undefined) throw new Error('a cell is read that was not measured')
      return result
    })
    const truth = labelsOf(this.judged(plans[0]?.judge ?? 'test'))
    const confusions = results.map(({ predicted }) =>
      confusionOf(truth, predicted, { classCount: this.#input.classes.length }),
    )
    const scores = confusions.map(scoreConfusion)
    return {
      predicted: results.map(({ predicted }) => predicted),
      confusions,
      scores,
      macroF1: (100 * scores.reduce((sum, score) => sum + score.macroF1, 0)) / scores.length,
      seconds: results.reduce((sum, { seconds }) => sum + seconds, 0),
    }
  }

  /** The images of a judgement with their groups, in the order of the predictions. */
  judged(judge: CellPlan['judge']): UpliftSide {
    const { train, validation, heldOut, test } = this.#input
    if (judge === 'test') return test
    return validation ?? heldOutSide(train, heldOut)
  }
}

/** Class index of every image. */
export const labelsOf = ({ counts }: Pick<UpliftSide, 'counts'>): readonly number[] =>
  counts.flatMap((images, label) => Array.from({ length: images }, () => label))

/** Class by class, as the trainer puts them. */
function heldOutSide(train: UpliftSide, heldOut: readonly number[]): UpliftSide {
  const labels = labelsOf(train)
  const chosen = train.counts.map((_, label) => heldOut.filter((index) => labels[index] === label))
  const order = chosen.flat()
  const pick = <Value>(values: readonly Value[]): Value[] =>
    order.flatMap((index) => {
      const value = values[index]
      return value === undefined ? [] : [value]
    })
  return { images: pick(train.images), groups: pick(train.groups), counts: chosen.map(({ length }) => length) }
}
