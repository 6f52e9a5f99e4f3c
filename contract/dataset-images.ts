import * as v from 'valibot'
import type { DatasetImage } from './dataset.ts'
import { ClassId } from './ids.ts'
import type { RunId } from './ids.ts'
import { Split } from './splits.ts'

export const ImageState = v.picklist(['active', 'excluded'])
export type ImageState = v.InferOutput<typeof ImageState>

export const ImageFilter = v.strictObject({
  classId: v.exactOptional(ClassId),
  split: v.exactOptional(Split),
  importId: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** Active images if left out. */
  state: v.exactOptional(ImageState),
  /** A part of the file's path, in capitals or not. */
  search: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
})
export type ImageFilter = v.InferOutput<typeof ImageFilter>

/** `import` is the order in which they came; `size` that of the source, the largest first. Ties come in import order. */
export const ImageSort = v.picklist(['import', 'name', 'class', 'split', 'size'])
export type ImageSort = v.InferOutput<typeof ImageSort>

export interface ListedImage extends DatasetImage {
  readonly classId: ClassId
  readonly className: string
  /** What the class is called now under which it was imported. */
  readonly importedAs: string
  readonly state: ImageState
  /** Null for images of the first versions. */
  readonly importId: number | null
  readonly groupId: number | null
}

/** A run that learned from some images, and from how many of them. */
export interface LearnedBy {
  readonly runId: RunId
  readonly images: number
}

export interface ImportSummary {
  readonly id: number
  readonly folder: string
  readonly startedAt: string
  /** Images it brought, as they are now. */
  readonly active: number
  readonly excluded: number
  /** Under which names they came. */
  readonly classes: readonly string[]
  readonly state: ImportEnd
  /** Files that it was to read, and those it had read when it ended; null for imports of older versions, and where patches were cut. */
  readonly files: number | null
  readonly filesDone: number | null
}

/** Whether an import came to its end; `completed` if not, but a later one of the same folder did. */
export type ImportEnd = 'running' | 'finished' | 'cancelled' | 'interrupted' | 'completed'

/** Whether only a part of its folder is in the project, and nobody wanted it so. */
export const isCutOff = ({ state, files, active, excluded }: ImportSummary): boolean =>
  // One that was taken back has left nothing to complete.
  state === 'interrupted' && files !== null && (active > 0 || excluded === 0)
