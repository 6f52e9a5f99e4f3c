import type { Sha256 } from '../../../../contract/ids.ts'
import type { UpliftMode } from '../../../../contract/uplift.ts'

/** The painted defects that a verdict learned from before anything else. */
export interface Painting {
  /** What is painted on: the train images of the class without defects, in the order in which they were measured with. */
  readonly surfaces: readonly Sha256[]
  readonly className: string
  /** Pixels per edge. */
  readonly edge: number
  /** Of this set. */
  readonly seed: number
  /** Every repeat of the verdict had a set of its own. */
  readonly seeds: readonly number[]
  readonly families: number
  readonly perFamily: number
  readonly measuredAt: string
  readonly mode: UpliftMode
  /** Updates of a classifier: on this set first, then on the project's classes. */
  readonly pretraining: { readonly updates: number; readonly highestRate: number }
  readonly fineTuning: { readonly updates: number; readonly highestRate: number }
  readonly batch: number
  /** Points of macro-F1 against the reference. */
  readonly delta: number
  readonly low: number
  readonly high: number
}

/** Ten kinds, and the surfaces as they are. */
const kinds = 11

/** Pictures without their masks. */
export const picturesOf = ({ families, perFamily }: Pick<Painting, 'families' | 'perFamily'>): number =>
  kinds * families * perFamily
