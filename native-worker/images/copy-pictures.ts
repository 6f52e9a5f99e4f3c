import type { ImagesRequest } from '../../contract/images.ts'
import { writeNewInside } from '../files/files-inside.ts'
import { PictureReader } from '../files/picture-reader.ts'

type CopyRequest = Extract<ImagesRequest, { kind: 'copy' }>

/**
 * The places of those that are missing or damaged. What is written is exactly what was hashed. Synchronous: for small files several
 * times faster than a promise a file. Throws where the disk fails.
 */
export function copyPictures({ items, imagesFolder, folder }: CopyRequest): number[] {
  const reader = new PictureReader({ imagesFolder })
  return items.flatMap(({ sha256, path }, place) => {
    const bytes = reader.readPicture(sha256)
    if (bytes === null) return [place]
    writeNewInside(folder, { name: path, bytes })
    return []
  })
}
