import { FlawsmithError } from '../../../contract/errors.ts'
import type { Sample } from '../../../contract/samples.ts'
import { hashOfImage } from '../../files/hash-of-image.ts'

/** Throws `image_missing` or `image_changed`, naming the sample. */
export function assertPictureIntact(imagesFolder: string, { id, sha256 }: Pick<Sample, 'id' | 'sha256'>): void {
  const found = hashOfImage(imagesFolder, sha256)
  if (found === sha256) return
  const details = { sampleId: id, sha256 }
  throw found === null
    ? new FlawsmithError(
        'image_missing',
        `The picture of sample ${id} is missing. Reject it and generate another.`,
        details,
      )
    : new FlawsmithError(
        'image_changed',
        `The picture of sample ${id} is not the one that was generated: its bytes have changed. Reject it and generate another.`,
        details,
      )
}
