import type { IgnoredEntry, LayoutRemark } from '../../../../contract/layouts.ts'
import type { Sha256 } from '../../../../contract/ids.ts'
import type { Split } from '../../../../contract/splits.ts'

export interface PlannedFile {
  /** Relative to the listed folder, with `/` between names. */
  readonly path: string
  readonly className: string
  /** Given; null where one is drawn. */
  readonly split: Split | null
  /** Whether its name says that it is an image. Others are tried, too. */
  readonly isImage: boolean
  /** What its bytes have to be, where an export says so. */
  readonly sha256?: string
  /** Of the file that it was imported from before it was exported, where an export says so. */
  readonly sourceSha256?: Sha256
}

/** What a layout makes of a folder. */
export interface LayoutPlan {
  /** Class by class, in the order a person would sort the names. */
  readonly files: readonly PlannedFile[]
  readonly emptyClasses: readonly string[]
  /** Images in no class folder. */
  readonly loose: readonly string[]
  /** Made by Flawsmith: left out. */
  readonly synthetic: readonly string[]
  /** Images that the manifest of an export does not name. */
  readonly unlisted: readonly string[]
  readonly ignored: readonly IgnoredEntry[]
  readonly remarks: readonly LayoutRemark[]
  /** Path of each mask to that of its image, of images in `files`. */
  readonly masks: ReadonlyMap<string, string>
}
