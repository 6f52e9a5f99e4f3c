import type { ImageSet } from './image-set.ts'

/** The images of a measurement, all at the size at which they are judged. */
export interface UpliftImages {
  readonly train: ImageSet
  /** Null where the held-out train images are chosen by. */
  readonly validation: ImageSet | null
  /** Indices of train images. */
  readonly heldOut: readonly number[]
  readonly test: ImageSet
  readonly sources: readonly ImageSet[]
  readonly freeOfDefects: number | null
}
