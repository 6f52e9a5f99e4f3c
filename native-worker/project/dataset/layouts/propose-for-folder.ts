import { resolve } from 'node:path'
import { FlawsmithError } from '../../../../contract/errors.ts'
import type { FolderProposals } from '../../../../contract/layouts.ts'
import type { ListOptions } from './list-folder.ts'
import { listFolder } from './list-folder.ts'
import { proposeLayouts } from './propose-layouts.ts'
import { readImages } from './read-images.ts'

/** Every way to read a folder. Throws `folder_not_found`, `folder_not_readable`, `folder_of_project`, `cancelled`. */
export async function proposeForFolder(folder: string, options: ListOptions): Promise<FolderProposals> {
  try {
    const { listing, skipped } = await listFolder(folder, options)
    const listed = readImages(listing)
    return {
      folder: resolve(folder),
      proposals: proposeLayouts(listed).map(({ proposal }) => proposal),
      images: listed.folders.reduce((total, { images }) => total + images.length, 0),
      linksOutside: skipped.filter(({ reason }) => reason === 'symlink_outside').length,
    }
  } catch (thrown) {
    if (options.signal?.aborted !== true) throw thrown
    throw new FlawsmithError('cancelled', `Looking through ${folder} was cancelled.`, { folder }, { cause: thrown })
  }
}
