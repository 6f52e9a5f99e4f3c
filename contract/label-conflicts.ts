import type { ClassId, ImageId, Sha256 } from './ids.ts'

export interface ClaimedClass {
  /** As the folder of the file calls it; the project need not have such a class. */
  readonly className: string
  /** Relative to the folder of its import. */
  readonly path: string
}

/** An image whose very file lies in the folders of several classes, and on which nobody has decided. */
export interface LabelConflict {
  readonly imageId: ImageId
  readonly sha256: Sha256
  readonly classId: ClassId
  readonly className: string
  readonly path: string
  /** Excluded where all its files came with one import: then none of them is the older one. */
  readonly state: 'active' | 'excluded'
  /** What other files of the same bytes say. */
  readonly claims: readonly ClaimedClass[]
}
