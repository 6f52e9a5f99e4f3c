import type { SkippedFile } from '../../../../contract/dataset.ts'
import type { ImportReading, ImportWish } from '../../../../contract/layouts.ts'
import { chooseLayout } from '../layouts/choose-layout.ts'
import type { FolderListing } from '../layouts/folder-listing.ts'
import type { PlannedFile } from '../layouts/layout-plan.ts'
import { listFolder } from '../layouts/list-folder.ts'
import { readImages } from '../layouts/read-images.ts'
import type { SizedFile } from './planned-files.ts'
import { withSizes } from './planned-files.ts'

export interface ImportPlan {
  /** Paths of files are relative to it. */
  readonly root: string
  readonly files: readonly SizedFile[]
  /** What is left out before anything is read. */
  readonly skipped: readonly SkippedFile[]
  /** Path of each mask to the path of its image. */
  readonly masks: ReadonlyMap<string, string>
  readonly reading: Omit<ImportReading, 'otherSplit' | 'cutDown'>
}

/** Looks at a folder and decides what to import from it. Throws what `listFolder` and `chooseLayout` throw. */
export async function planImport(
  folder: string,
  { wish, signal }: { readonly wish: ImportWish; readonly signal?: AbortSignal },
): Promise<ImportPlan> {
  const { followLinks = false, leaveOut = [], ignoreSplits = false } = wish
  const { root, listing, skipped } = await listFolder(folder, { followLinks, ...(signal && { signal }) })
  const linksOutside = skipped.filter(({ reason }) => reason === 'symlink_outside').length
  const { proposal, plan } = chooseLayout({ folder, listed: readImages(listing), linksOutside }, wish)
  const unwanted = new Set(leaveOut)
  const files = plan.files
    .filter(({ className }) => !unwanted.has(className))
    .map((file) => (ignoreSplits ? { ...file, split: null } : file))
    .map((file) => withSource(file, listing.exports))
  const { layout, level, ignored, remarks } = proposal
  return {
    root,
    files: await withSizes(files, { root, ...(signal && { signal }) }),
    skipped: [
      ...skipped,
      ...because(plan.loose, { reason: 'no_class_folder', detail: '' }),
      ...because(plan.unlisted, { reason: 'not_in_manifest', detail: '' }),
      ...because(plan.synthetic, { reason: 'synthetic', detail: layout === 'export' ? 'manifest.csv' : '' }),
    ],
    masks: plan.masks,
    reading: {
      ...{ layout, level, ignored, remarks, root: proposal.root },
      emptyClasses: plan.emptyClasses.filter((name) => !unwanted.has(name)),
      leftOut: proposal.classes.map(({ name }) => name).filter((name) => unwanted.has(name)),
      masks: plan.masks.size,
    },
  }
}

/** However an export is read: what its files were made of is known. */
function withSource(file: PlannedFile, exports: FolderListing['exports']): PlannedFile {
  for (const files of exports.values()) {
    const sourceSha256 = files.get(file.path)?.sourceSha256
    if (sourceSha256 !== undefined && sourceSha256 !== null) return { ...file, sourceSha256 }
  }
  return file
}

const because = (paths: readonly string[], why: Omit<SkippedFile, 'path'>): SkippedFile[] =>
  paths.map((path) => ({ path, ...why }))
