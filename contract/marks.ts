import * as v from 'valibot'
import type { Fitted } from './fitted-picture.ts'
import type { ClassId, Sha256 } from './ids.ts'
import { ImageId } from './ids.ts'
import { InspectorName } from './samples.ts'
import { SourceRectangle } from './source-rectangle.ts'

/** Marks of one image; more are noise or a mistake. */
export const maxMarks = 200
/** Of one mask. */
const maxRuns = 200_000

const run = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31))
/**
 * Pixels of a mask in its rectangle, row by row: so many outside, so many inside, so many outside … in turn, up to the last one inside.
 */
export const MaskRuns = v.pipe(v.array(run), v.maxLength(maxRuns), v.readonly())
export type MaskRuns = v.InferOutput<typeof MaskRuns>

/** Where a defect lies, in whole pixels of the upright source image. */
export const MarkShape = v.variant('kind', [
  v.strictObject({ kind: v.literal('rectangle'), ...SourceRectangle.entries }),
  /** `runs` fill the rectangle around them. */
  v.strictObject({ kind: v.literal('mask'), ...SourceRectangle.entries, runs: MaskRuns }),
])
export type MarkShape = Readonly<v.InferOutput<typeof MarkShape>>

/** Files that marks come from and go to. */
export const MarkFormat = v.picklist(['coco', 'yolo', 'voc', 'mvtec', 'png'])
export type MarkFormat = v.InferOutput<typeof MarkFormat>

/** Drawn by hand, a proposal as it was, a proposal that was then changed by hand, or from a file of that format. */
export const MarkOrigin = v.picklist(['drawn', 'proposal', 'adjusted', ...MarkFormat.options])
export type MarkOrigin = v.InferOutput<typeof MarkOrigin>

export const Mark = v.strictObject({ shape: MarkShape, origin: MarkOrigin })
export type Mark = Readonly<v.InferOutput<typeof Mark>>

/** What was said about an image: where its defects lie, that none can be seen, or nothing yet. */
export const MarkAnswer = v.picklist(['marked', 'none', 'open'])
export type MarkAnswer = v.InferOutput<typeof MarkAnswer>

/** An image as the screen of marks shows it. */
export interface MarkableImage {
  readonly id: ImageId
  readonly classId: ClassId
  readonly className: string
  readonly sourcePath: string
  readonly sourceWidth: number
  readonly sourceHeight: number
  readonly sha256: Sha256
  readonly fitted: Fitted
  /** Cut out of a frame: its source is the frame, and what is shown of it is all that the image is. */
  readonly isPatch: boolean
  readonly answer: MarkAnswer
  readonly marks: readonly Mark[]
}

/** A larger picture of an image to mark on. */
export interface MarkView {
  /** Of a picture made for looking. */
  readonly sha256: Sha256
  readonly fitted: Fitted
}

export interface MarkProposal {
  /** The most conspicuous place first. */
  readonly rectangles: readonly SourceRectangle[]
  /** Images without defects that it was compared with; 0 where only the surface around each pixel was looked at. */
  readonly goodImages: number
}

export interface MarkCounts {
  readonly classId: ClassId
  readonly name: string
  readonly images: number
  readonly marked: number
  /** Of these, in the train split: only these may give their defects away. */
  readonly donors: number
  readonly none: number
}

export interface MarksOverview {
  /** Every class but the one free of defects. */
  readonly classes: readonly MarkCounts[]
  readonly freeOfDefects: ClassId | null
  /** What the names suggest where none is declared. */
  readonly suggestedFree: ClassId | null
}

/** Donors with which transplanting begins, and with which it works well. */
export const donorsNeeded = { least: 4, good: 20 } as const

/** Marks that a file holds and that were not taken, by the image's name there. */
export const markRefusals = [
  'no_image',
  'several_images',
  'other_class',
  'unknown_category',
  'size_differs',
  'outside',
  'empty',
  'covers_image',
  'runs',
  'not_readable',
  'too_many',
  'already_marked',
] as const
export type MarkRefusal = (typeof markRefusals)[number]

export interface RefusedMark {
  /** Of the image or file, as the import names it. */
  readonly path: string
  readonly reason: MarkRefusal
  /** The offending value: both sizes, a rectangle, a class. */
  readonly detail: string
}

export interface ImageClassMarks {
  /** The one that stands for all kinds; null where a file names none. */
  readonly category: string | null
  readonly marks: number
}

export interface MarksImportReport {
  readonly format: MarkFormat
  readonly folder: string
  readonly images: number
  readonly marks: number
  /** Images whose marks were the same already. */
  readonly unchanged: number
  /** Images that are named without a mark: nothing is concluded from it. */
  readonly withoutMarks: number
  /** Marks that count as the class of their image since the files tell no classes apart. */
  readonly ofImageClass: readonly ImageClassMarks[]
  readonly refused: readonly RefusedMark[]
}

export const MarkExportFormat = v.picklist(['coco', 'yolo', 'voc', 'png'])
export type MarkExportFormat = v.InferOutput<typeof MarkExportFormat>

export interface MarksExportReport {
  readonly format: MarkExportFormat
  readonly out: string
  readonly images: number
  readonly marks: number
  /** Masks of which only the rectangle around them could be written: the format knows no masks. */
  readonly masksAsBoxes: number
}

export const MarksAnswer = v.strictObject({
  imageId: ImageId,
  answer: MarkAnswer,
  marks: v.pipe(v.array(Mark), v.maxLength(maxMarks), v.readonly()),
  by: InspectorName,
})
export type MarksAnswer = Readonly<v.InferOutput<typeof MarksAnswer>>
