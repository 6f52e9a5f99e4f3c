import { readFile } from 'node:fs/promises'
import { FlawsmithError } from '../../contract/errors.ts'
import { imagePath } from '../../contract/image-path.ts'
import type { Sha256 } from '../../contract/ids.ts'
import { imageFile } from '../files/project-paths.ts'
import { sha256Of } from '../files/sha256-of.ts'

export interface StoredPicture {
  readonly sha256: Sha256
  readonly className: string
}

/** The bytes of a picture, which are those of its name. @throws FlawsmithError `image_missing`, `training_set_changed` */
export async function readStoredPicture(picture: StoredPicture, imagesFolder: string): Promise<Buffer> {
  const bytes = await readFile(imageFile(imagesFolder, picture.sha256)).catch((cause: unknown) => {
    throw unusablePicture('image_missing', { picture, cause })
  })
  if (sha256Of(bytes) !== picture.sha256) throw unusablePicture('training_set_changed', { picture })
  return bytes
}

export function unusablePicture(
  code: 'image_missing' | 'training_set_changed',
  { picture: { sha256, className }, cause }: { readonly picture: StoredPicture; readonly cause?: unknown },
): FlawsmithError {
  const file = `images/${imagePath(sha256)}`
  const what = code === 'image_missing' ? 'is missing' : 'is not the one that was imported'
  return new FlawsmithError(
    code,
    `The picture ${file} of class “${className}” ${what}. Run verify, then copy the file back from a backup.`,
    { className, file },
    { cause },
  )
}
