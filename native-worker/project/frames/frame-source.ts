import type { Sha256 } from '../../../contract/ids.ts'
import type { Channels } from '../../../contract/project.ts'
import { originalFile } from '../../files/project-paths.ts'
import type { Project } from '../open-project.ts'
import type { Frame } from '../storage/frames.ts'

/** What the images child needs to know of a frame. @param viewsFolder a cache */
export const frameSource = (
  { originalsFolder, channels }: Project,
  { frame: { sha256, kind }, viewsFolder }: { readonly frame: Frame; readonly viewsFolder: string },
): { readonly file: string; readonly sha256: Sha256; readonly channels: Channels; readonly viewsFolder: string } => ({
  file: originalFile(originalsFolder, { sha256, kind }),
  sha256,
  channels,
  viewsFolder,
})
