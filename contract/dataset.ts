import * as v from 'valibot'
import type { ClassId, ImageId, Sha256 } from './ids.ts'

/** How an image of another shape becomes square. */
export const Fit = v.picklist(['crop', 'letterbox', 'stretch'])
export type Fit = v.InferOutput<typeof Fit>

export const skipReasons = [
  'empty_file',
  'not_an_image',
  'corrupt',
  'too_many_pixels',
  'unreadable',
  'symlink_outside',
  'duplicate',
  'duplicate_in_other_class',
] as const
export type SkipReason = (typeof skipReasons)[number]

export interface SkippedFile {
  /** Relative to the imported folder. */
  readonly path: string
  readonly reason: SkipReason
  /** What was found, e.g. "30000 × 30000 pixels" or the path of the first copy. */
  readonly detail: string
}

export interface ImportReport {
  readonly folder: string
  readonly imported: number
  /** Files whose pixels are already in the project; each is also in `skipped`. */
  readonly duplicates: number
  readonly skipped: readonly SkippedFile[]
  /** Images now in the project, by class name. */
  readonly classes: Readonly<Record<string, number>>
}

export interface ClassSummary {
  readonly id: ClassId
  readonly name: string
  readonly images: number
  readonly pending: number
  readonly accepted: number
  readonly rejected: number
}

export interface DatasetSummary {
  readonly classes: readonly ClassSummary[]
  readonly images: number
  /** Largest class divided by smallest non-empty class; 1 is balanced; null without images. */
  readonly imbalanceRatio: number | null
}

export interface DatasetImage {
  readonly id: ImageId
  readonly sha256: Sha256
  readonly sourcePath: string
  readonly sourceWidth: number
  readonly sourceHeight: number
}

export interface Page<Item> {
  readonly items: readonly Item[]
  readonly total: number
}
