import { createHash } from 'node:crypto'
import type { EngineName } from '../../../contract/engines.ts'
import type { Sha256 } from '../../../contract/ids.ts'
import { longerUpdates, type UpliftCell, type UpliftMix, type UpliftScale } from '../../../contract/uplift-cells.ts'
import { upliftEdition } from './uplift-edition.ts'
import type { UpliftInput } from './uplift-input.ts'

/** What a cell does, before it has a key. */
export interface CellPlan {
  /** Index of the source; null for real images alone. */
  readonly source: number | null
  readonly dose: number
  readonly mix: UpliftMix
  readonly painted: boolean
  readonly updates: number
  readonly seed: number
  readonly judge: UpliftCell['judge']
}

/** What a way has that the reference has so many updates of: painting comes on top, and the reference is measured with as many, too. */
export const updatesFor = ({ painted }: Pick<CellPlan, 'painted'>, updates: number): number =>
  painted ? longerUpdates(updates) : updates

/** Real images alone, a plan for each seed. */
export const referencePlans = ({
  updates,
  seeds,
  judge,
}: Pick<CellPlan, 'updates' | 'judge'> & { readonly seeds: readonly number[] }): readonly CellPlan[] =>
  seeds.map((seed) => ({ source: null, dose: 0, mix: 'mixed', painted: false, updates, seed, judge }))

/** Makes cells of plans: how many samples a dose is, and a key of everything that decides the outcome. */
export class CellMaker {
  readonly #input: UpliftInput
  readonly #fixed: string

  constructor(input: UpliftInput, { scale, engine }: { readonly scale: UpliftScale; readonly engine: EngineName }) {
    this.#input = input
    const { train, validation, heldOut, test, classes } = input
    const sides = { train: train.images, validation: validation?.images ?? null, heldOut, test: test.images }
    const free = classes.findIndex(({ isFreeOfDefects }) => isFreeOfDefects)
    const counts = [train.counts, validation?.counts ?? null, test.counts]
    this.#fixed = digest({ edition: upliftEdition, engine, scale, sides, counts, free })
  }

  make(plan: CellPlan): UpliftCell {
    const { source, dose, mix, painted, updates, seed, judge } = plan
    const rest = { mix, painted, updates, seed, judge }
    const synthetic = source === null ? [] : this.syntheticAt(source, dose)
    const samples = source === null ? [] : (this.#input.sources[source]?.images ?? [])
    const used = synthetic.map((count, label) => samples[label]?.slice(0, count) ?? [])
    return {
      ...rest,
      source,
      synthetic,
      key: digest({ fixed: this.#fixed, ...rest, used }),
    }
  }

  /** How many samples of every class a dose takes: so many times what the class lacks, and no more than there are. */
  syntheticAt(source: number, dose: number): readonly number[] {
    const { counts } = this.#input.train
    const largest = Math.max(...counts)
    return counts.map((images, label) =>
      Math.min(this.#input.sources[source]?.images[label]?.length ?? 0, Math.round(dose * (largest - images))),
    )
  }
}

const digest = (value: unknown): Sha256 => createHash('sha256').update(JSON.stringify(value)).digest('hex') as Sha256
