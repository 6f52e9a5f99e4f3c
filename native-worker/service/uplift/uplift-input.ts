import type { ClassId, Sha256 } from '../../../contract/ids.ts'
import type { RecipeId } from '../../../contract/training.ts'
import type { UpliftAbsence } from '../../../contract/uplift.ts'

/** Images of one side, class by class. */
export interface UpliftSide {
  readonly images: readonly Sha256[]
  /** Images of every class. */
  readonly counts: readonly number[]
  /** Of every image: those of one number show the same part. */
  readonly groups: readonly number[]
}

/** Samples of one recipe. */
export interface UpliftSource {
  /** The recipe; `-raw` after it where the samples are not gated. */
  readonly name: string
  readonly recipe: RecipeId
  /** Those that passed the gate or that a person let through or accepted; else all that nobody rejected. */
  readonly gated: boolean
  /** In the order in which doses take them, class by class. */
  readonly images: readonly (readonly Sha256[])[]
}

/** Everything a measurement learns from, chooses by and tests on. */
export interface UpliftInput {
  readonly classes: readonly { readonly classId: ClassId; readonly name: string; readonly isFreeOfDefects: boolean }[]
  readonly train: UpliftSide
  /** The validation split; null where too little of it is there and train images are held out instead. */
  readonly validation: UpliftSide | null
  /** Indices of train images that are chosen by and not learned from while choosing. */
  readonly heldOut: readonly number[]
  readonly test: UpliftSide
  readonly sources: readonly UpliftSource[]
  readonly canPaint: boolean
  readonly absent: readonly UpliftAbsence[]
}
