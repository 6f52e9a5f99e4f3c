import * as v from 'valibot'
import { ClassName } from './class-name.ts'
import type { SkipReason } from './dataset.ts'
import type { Sha256 } from './ids.ts'
import type { SplitCounts } from './splits.ts'

/** How a folder of images is laid out; each has a row in `native-worker/project/dataset/layouts/all-layouts.ts`. */
export const LayoutName = v.picklist(['classes', 'splits', 'mvtec', 'flat', 'export'])
export type LayoutName = v.InferOutput<typeof LayoutName>

export const maxLevels = 32

/** One way to read a folder. */
export const LayoutChoice = v.strictObject({
  layout: LayoutName,
  /** Relative to the folder, with `/` between names; empty where the folder itself is the root. */
  root: v.pipe(v.string(), v.maxLength(4096)),
  /** Which folder level below the root names the class, from 1; 0 where no folder does. */
  level: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(maxLevels)),
})
export type LayoutChoice = Readonly<v.InferOutput<typeof LayoutChoice>>

/** How a folder is to be read. What is left out follows from the folder where that is clear. */
export const ImportWish = {
  layout: v.exactOptional(v.picklist(['auto', ...LayoutName.options])),
  root: v.exactOptional(LayoutChoice.entries.root),
  level: v.exactOptional(LayoutChoice.entries.level),
  /** Of images that lie in no class folder: needed by the flat layout. */
  className: v.exactOptional(ClassName),
  /** Names of classes that are not imported. */
  leaveOut: v.exactOptional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(1000))), v.maxLength(10_000))),
  /** Follows links that lead out of the folder. */
  followLinks: v.exactOptional(v.boolean()),
  /** Draws splits for all images, also for those whose folder says what they are for. */
  ignoreSplits: v.exactOptional(v.boolean()),
} as const
export type ImportWish = v.InferOutput<v.StrictObjectSchema<typeof ImportWish, undefined>>

const names = v.pipe(v.array(v.string()), v.readonly())
const count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** What a person should know about a way to read a folder. */
export const LayoutRemark = v.variant('kind', [
  /** All their images were given to the test: the split of these classes is drawn anew. */
  v.strictObject({ kind: v.literal('drawn_anew'), classes: names }),
  /** No image of them is given to train. */
  v.strictObject({ kind: v.literal('nothing_to_learn_from'), classes: names }),
  /** Images in classes that have other images with a given split. */
  v.strictObject({ kind: v.literal('without_split'), images: count }),
  /** Marks that lie beside images. */
  v.strictObject({ kind: v.literal('annotations'), format: v.picklist(['yolo', 'coco', 'voc']), files: count }),
  /** A table beside the images, which is not read. */
  v.strictObject({ kind: v.literal('table'), path: v.string() }),
  v.strictObject({ kind: v.literal('synthetic'), images: count, by: v.picklist(['manifest', 'name']) }),
  /** The one folder that holds everything could be the data set or a class. */
  v.strictObject({ kind: v.literal('wrapper'), name: v.string() }),
  /** The same names below several folders: either level could be the classes. */
  v.strictObject({ kind: v.literal('class_or_batch'), names, above: names }),
  /** Folders beside some that are named like splits. */
  v.strictObject({ kind: v.literal('split_or_class'), names }),
  v.strictObject({ kind: v.literal('several_sets'), roots: names }),
  /** Names that differ in case only stay different classes. */
  v.strictObject({ kind: v.literal('case_twins'), names }),
  /** Folders whose names look the same and are written in several Unicode forms are one class. */
  v.strictObject({ kind: v.literal('unicode_twins'), names }),
  v.strictObject({ kind: v.literal('masks_without_image'), masks: count }),
  /** Named by the manifest, and gone. */
  v.strictObject({ kind: v.literal('gone'), files: count }),
])
export type LayoutRemark = Readonly<v.InferOutput<typeof LayoutRemark>>

export const IgnoredEntry = v.strictObject({
  /** Relative to the folder. */
  path: v.string(),
  reason: v.picklist(['hidden', 'system', 'no_split', 'outside_root']),
  /** Null where it was not looked into. */
  images: v.nullable(count),
})
export type IgnoredEntry = Readonly<v.InferOutput<typeof IgnoredEntry>>

/** What is lost where other shapes become square. */
export const CutDown = v.strictObject({
  images: count,
  /** Of its longer side, what the image that loses most loses: 0…1. */
  share: v.number(),
  example: v.string(),
})
export type CutDown = Readonly<v.InferOutput<typeof CutDown>>

/** How an import read its folder. */
export const ImportReading = v.strictObject({
  ...LayoutChoice.entries,
  /** Classes whose folder holds no images. */
  emptyClasses: names,
  /** Classes that were not wanted. */
  leftOut: names,
  /** Masks that belong to the images; they were not taken for images. */
  masks: count,
  ignored: v.pipe(v.array(IgnoredEntry), v.readonly()),
  remarks: v.pipe(v.array(LayoutRemark), v.readonly()),
  /** Duplicates whose given split is not the one they have. */
  otherSplit: count,
  /** Imported images of which the fit policy keeps less than half of the longer side. */
  cutDown: v.nullable(CutDown),
})
export type ImportReading = Readonly<v.InferOutput<typeof ImportReading>>

export interface ProposedClass {
  readonly name: string
  readonly images: number
  /** Of `images`; what is in none of them has its split drawn. */
  readonly splits: SplitCounts
  /** Some of its images, spread over it, relative to the folder. */
  readonly examples: readonly string[]
}

export interface LayoutProposal extends LayoutChoice {
  /** `sure` where nothing else makes sense; `unlikely` where it is offered only as a way out. */
  readonly certainty: 'sure' | 'possible' | 'unlikely'
  /** In the order a person sorts names; classes without images are among them. */
  readonly classes: readonly ProposedClass[]
  readonly images: number
  /** Null where no split is given. */
  readonly splits: SplitCounts | null
  /** Masks that belong to one of the images; they are not imported as images. */
  readonly masks: number
  /** Images that lie in no class folder, and the first of them. */
  readonly looseImages: number
  readonly loose: readonly string[]
  readonly ignored: readonly IgnoredEntry[]
  readonly remarks: readonly LayoutRemark[]
}

export interface FolderProposals {
  readonly folder: string
  /** Best first. */
  readonly proposals: readonly LayoutProposal[]
  /** Image files found. */
  readonly images: number
  /** Links that lead out of the folder and were not followed. */
  readonly linksOutside: number
}

/** What a file would look like. */
export type FilePreview =
  | {
      readonly ok: true
      /** Of the picture that was made for looking. */
      readonly sha256: Sha256
      readonly sourceWidth: number
      readonly sourceHeight: number
      /** Of the file itself. */
      readonly fileBytes: number
    }
  | { readonly ok: false; readonly reason: SkipReason }

export const maxPreviews = 60
