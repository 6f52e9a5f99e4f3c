import type { ExportPlan } from '../../../../contract/export.ts'
import type { ExportPicture, Placed } from '../draft-export.ts'

/** Text that a layout adds to the pictures. */
export interface LayoutDocument {
  /** Relative to the export, with `/` between names. */
  readonly path: string
  readonly text: string
}

interface LayoutContent {
  readonly pictures: readonly Placed<ExportPicture>[]
  readonly plan: ExportPlan
  /** Folder by class name, in the order of the plan. */
  readonly classFolders: ReadonlyMap<string, string>
}

/**
 * One way to lay out an export for the programs that read it. What is in an export is the draft's matter, and its trail
 * (manifest, report, `export.json`, sums) is the same in every layout.
 */
export interface Layout {
  /** One folder a class, no two alike; equal to the class name wherever it can be. */
  readonly classFolders: (classNames: readonly string[]) => ReadonlyMap<string, string>
  /** Where a picture lies: relative to the export, with `/` between names, different for each picture. */
  readonly pathOf: (picture: ExportPicture, folder: string) => string
  readonly documents: (content: LayoutContent) => readonly LayoutDocument[]
}
