import * as v from 'valibot'

/**
 * What becomes of the files that images are imported from: their bytes are kept in the project, or it only notes where they lie.
 * A picture can be made again, at another size or its own, only while its original is there.
 */
export const OriginalsChoice = v.picklist(['keep', 'reference'])
export type OriginalsChoice = v.InferOutput<typeof OriginalsChoice>

/** Formats of files that are imported, by their first bytes. */
export const OriginalKind = v.picklist(['png', 'jpeg', 'bmp', 'tiff', 'webp', 'gif'])
export type OriginalKind = v.InferOutput<typeof OriginalKind>

/** A project of another size. */
export interface ResizeOutcome {
  /** Pixels an edge. */
  readonly size: number
  /** Images that have a picture of this size. */
  readonly images: number
  /** Source paths of the images that could not be made again and were excluded. */
  readonly leftOut: readonly string[]
}

/** Where the files behind the images of a project are. */
export interface OriginalsSummary {
  /** Images whose original lies in the project. */
  readonly kept: number
  /** Images of which the project only knows where their file was. */
  readonly referenced: number
  /** Images of versions that kept nothing, until their folder is imported again. */
  readonly absent: number
  readonly keptBytes: number
  /** That the project's disk has left. */
  readonly freeBytes: number
}
