import * as v from 'valibot'
import type { ImportReading } from './layouts.ts'
import type { ImportDepth } from './grey-depth.ts'
import type { CrossingCount, GroupState } from './groups.ts'
import type { ClassId, ImageId, Sha256 } from './ids.ts'
import type { RefusedMark } from './marks.ts'
import type { Split, SplitCounts, SplitState } from './splits.ts'

const figure = v.pipe(v.number(), v.minValue(0))

/** How an image of another shape becomes square. */
export const Fit = v.picklist(['crop', 'letterbox', 'stretch'])
export type Fit = v.InferOutput<typeof Fit>

export const skipReasons = [
  'empty_file',
  'not_an_image',
  'unsupported_kind',
  'corrupt',
  'too_many_pixels',
  'unreadable',
  'symlink_outside',
  'duplicate',
  'duplicate_in_other_class',
  'label_conflict',
  'excluded_by_person',
  'no_class_folder',
  'synthetic',
  'not_in_manifest',
  'manifest_mismatch',
] as const
export type SkipReason = (typeof skipReasons)[number]

/** What exactly keeps a file out, with its figures: `detail` in a form that every language can word. */
export const SkipCause = v.variant('name', [
  v.strictObject({
    name: v.picklist([
      'unknown_format',
      'floating_point',
      'not_a_file',
      'header_cut',
      'bitmap',
      'reader_ended',
      'changed',
      'says_synthetic',
    ]),
  }),
  v.strictObject({ name: v.literal('file_size'), bytes: figure }),
  v.strictObject({ name: v.literal('pixel_size'), width: v.number(), height: v.number() }),
  v.strictObject({ name: v.literal('cut_short'), bytes: figure, needed: figure }),
  /** A kind of image that its format allows and Flawsmith does not read; `value` is a name or a number of the file format. */
  v.strictObject({
    name: v.picklist(['compression', 'colour_model', 'sample_bits', 'signed', 'unknown_range']),
    value: v.pipe(v.string(), v.maxLength(100)),
  }),
  /** The words of a decoder or of the system follow in `detail`. */
  v.strictObject({ name: v.picklist(['decoder', 'system']) }),
])
export type SkipCause = v.InferOutput<typeof SkipCause>

export interface SkippedFile {
  /** Relative to the imported folder. */
  readonly path: string
  readonly reason: SkipReason
  /** What was found, e.g. "30000 × 30000 pixels" or the path of the first copy. */
  readonly detail: string
  /** Absent for duplicates, whose detail is a path, and in reports of older versions. */
  readonly cause?: SkipCause
}

/** A file that holds more than the picture that was taken from it. */
export interface ManyPagesFile {
  /** Relative to the imported folder. */
  readonly path: string
  readonly pages: number
  /** The one that was taken, from 1. */
  readonly taken: number
}

/** Images of a folder whose class was renamed or merged. */
export interface NamedOtherwise {
  readonly name: string
  /** The class that took them. */
  readonly className: string
  readonly images: number
}

export interface ImportReport {
  readonly folder: string
  readonly imported: number
  /** Files that are already in the project, byte for byte, in the same class or in another; each is also in `skipped`. */
  readonly duplicates: number
  readonly skipped: readonly SkippedFile[]
  /** Images now in the project, by class name. */
  readonly classes: Readonly<Record<string, number>>
  /** The same by what they are for; absent in reports of older versions. */
  readonly splits?: SplitCounts
  /** How the folder was read; absent in reports of older versions, as is what follows. */
  readonly reading?: ImportReading
  /** Null where no file was deeper than 8 bits a channel; absent in reports of older versions. */
  readonly depth?: ImportDepth | null
  /** Files of several pages or frames, of which one was imported; absent in reports of older versions. */
  readonly manyPages?: readonly ManyPagesFile[]
  /** Folders that bear names which their classes gave up; absent in reports of older versions. */
  readonly namedOtherwise?: readonly NamedOtherwise[]
  /** As the project is now; absent in reports of older versions. */
  readonly crossing?: CrossingCount
  /** Taken from masks that lay beside the images; absent where there were none. */
  readonly marks?: { readonly images: number; readonly marks: number; readonly refused: readonly RefusedMark[] }
}

export interface PartCounts {
  readonly all: number
  readonly train: number
}

export interface ClassSummary {
  readonly id: ClassId
  readonly name: string
  readonly images: number
  /** Images of it that stay in the project, but neither train nor judge nor are exported. */
  readonly excluded: number
  /** It stays in the project, but neither trains nor is exported. */
  readonly leftOut: boolean
  readonly freeOfDefects: boolean
  /** The same images by what they are for. */
  readonly splits: SplitCounts
  /** The same where images of one group count once: about so many parts, as far as is known. */
  readonly parts: PartCounts
  /** Candidates that wait for a person; those that the gate holds back are not among them. */
  readonly pending: number
  readonly quarantined: number
  readonly accepted: number
  readonly rejected: number
}

export interface DatasetSummary {
  readonly classes: readonly ClassSummary[]
  readonly images: number
  readonly split: SplitState
  readonly groups: GroupState
  /** Largest class divided by smallest non-empty class, of those that train and are not left out; 1 is balanced; null without images. */
  readonly imbalanceRatio: number | null
}

export interface DatasetImage {
  readonly id: ImageId
  readonly sha256: Sha256
  readonly sourcePath: string
  readonly sourceWidth: number
  readonly sourceHeight: number
  /** Null for what an import took out of every split: a file that several classes claim. */
  readonly split: Split | null
}

export interface Page<Item> {
  readonly items: readonly Item[]
  readonly total: number
}
