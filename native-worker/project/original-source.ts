import { originalFile } from '../files/project-paths.ts'
import type { KnownOriginal } from './storage/pictures.ts'

/**
 * Where the bytes of an original lie: in the project, or where they were imported from. Whoever reads them proves them by their hash; what
 * a project that came from elsewhere refers to is nothing yet.
 */
export const originalSource = (
  { originalsFolder }: { readonly originalsFolder: string },
  original: KnownOriginal,
): string => original.path ?? originalFile(originalsFolder, original)
