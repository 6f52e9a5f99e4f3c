import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Sha256 } from '../../contract/ids.ts'
import { imageFile } from './project-paths.ts'

/** SHA-256 of the bytes that lie where a picture is stored, which should be its name; null where nothing lies. */
export function hashOfImage(imagesFolder: string, sha256: Sha256): string | null {
  try {
    return createHash('sha256')
      .update(readFileSync(imageFile(imagesFolder, sha256)))
      .digest('hex')
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw thrown
  }
}
