import * as v from 'valibot'
import { ClassName } from './class-name.ts'
import type { SkippedFile } from './dataset.ts'
import type { ClassId, FrameBoxId, FrameId, Sha256 } from './ids.ts'
import type { MarkOrigin } from './marks.ts'
import { SourceRectangle } from './source-rectangle.ts'

/*
 * Frames are pictures too large to be images: boxes are drawn on them, and patches of the project's size are cut out around the
 * boxes. All rectangles are whole pixels of the frame standing upright.
 */

/** Of a frame, all in all; 20,000 × 20,000. */
export const maxFramePixels = 400_000_000
export const maxFrameBytes = 1_900_000_000
/** Pixels between parts of a mask that are still one defect. */
export const defaultJoinWithin = 8
/** Pixels per edge of a tile of the view. */
export const tileSize = 512

export interface FrameSummary {
  readonly id: FrameId
  /** The path in the folder that was chosen, with `/` between names. */
  readonly name: string
  readonly width: number
  readonly height: number
  readonly boxes: number
  /** Images of the project that were cut out of it. */
  readonly patches: number
}

export interface FrameBox {
  readonly id: FrameBoxId
  readonly classId: ClassId
  readonly className: string
  readonly box: SourceRectangle
  readonly origin: MarkOrigin
}

/** One size of a frame, made for looking; the first is the frame itself, each of the others half as large. */
export interface FrameLevel {
  readonly width: number
  readonly height: number
}

export interface FrameView {
  readonly frame: FrameSummary
  readonly levels: readonly FrameLevel[]
}

const place = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000))
export const TilePlace = v.strictObject({
  /** Of the view, 0 for the frame itself. */
  level: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(20)),
  column: place,
  row: place,
})
export type TilePlace = v.InferOutput<typeof TilePlace>

/** What is left around a box: a share of its longer edge, or pixels of the frame. */
export const PatchMargin = v.variant('unit', [
  v.strictObject({ unit: v.literal('share'), value: v.pipe(v.number(), v.minValue(0), v.maxValue(10)) }),
  v.strictObject({
    unit: v.literal('pixels'),
    value: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(20_000)),
  }),
])
export type PatchMargin = v.InferOutput<typeof PatchMargin>

export const PatchOptions = v.strictObject({
  margin: PatchMargin,
  /** Patches of each box. The first has it in the middle, the others are shifted, and each shows all of it. */
  copies: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)),
  /** Fewest pixels of the frame per edge of a patch: a smaller box is shown with more around it. */
  side: v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(20_000)),
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31 - 1)),
  /** Patches that touch no box, and the class they are put into. */
  good: v.nullable(
    v.strictObject({
      perFrame: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
      className: ClassName,
    }),
  ),
})
export type PatchOptions = v.InferOutput<typeof PatchOptions>

export const FrameBoxInput = v.strictObject({ className: ClassName, box: SourceRectangle })
export type FrameBoxInput = v.InferOutput<typeof FrameBoxInput>

/** A patch as it would be cut. */
export interface PatchPreview {
  readonly sha256: Sha256
  readonly className: string
  readonly window: SourceRectangle
  /** Null for one that touches no box. */
  readonly boxId: FrameBoxId | null
}

export interface PatchPlanSummary {
  /** Of the frame that is looked at, the first of them. */
  readonly previews: readonly PatchPreview[]
  /** In all the frames asked for. */
  readonly boxes: number
  readonly patches: number
  readonly good: number
  /** Patches around a box which also show a part of a box of another class. */
  readonly mixed: number
}

export interface FramesAdded {
  readonly frames: readonly FrameId[]
  /** Files that are frames of the project already. */
  readonly known: number
  readonly skipped: readonly SkippedFile[]
}

export interface BoxesImported {
  /** On which there is a box now that a file has said. */
  readonly frames: number
  /** That are new. */
  readonly boxes: number
  /** Names in the files that no frame has. */
  readonly unmatched: number
  readonly skipped: readonly SkippedFile[]
}

export interface CropReport {
  readonly frames: number
  readonly boxes: number
  /** Patches that are new, those without a box included. */
  readonly patches: number
  /** Of them, those that touch no box. */
  readonly good: number
  /** Patches that are in the project already. */
  readonly duplicates: number
  /** Patches that a person has excluded: they stay so. */
  readonly excluded: number
  /** Patches around a box which also show a part of a box of another class. */
  readonly mixed: number
  readonly skipped: readonly SkippedFile[]
  /** Images now in the project, by class name. */
  readonly classes: Readonly<Record<string, number>>
}
