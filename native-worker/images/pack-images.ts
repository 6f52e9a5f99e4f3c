import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type PQueue from 'p-queue'
import sharp from 'sharp'
import type { Sha256 } from '../../contract/ids.ts'
import type { ImagesRequest } from '../../contract/images.ts'
import { buildWhole } from '../files/write-whole.ts'
import type { StoredPicture } from './read-stored-picture.ts'
import { readStoredPicture, unusablePicture } from './read-stored-picture.ts'

type PackRequest = Extract<ImagesRequest, { kind: 'pack' }>

/** Decoded this many at a time, so that a large set never lies in memory whole. */
const chunkLength = 256

/**
 * Writes stored images as uint8 [count, size, size, channels], class by class in the order given.
 * @returns the hash of the file written
 * @throws FlawsmithError `image_missing`, `training_set_changed`, `disk_full`
 */
export async function packImages({ classes, file, ...format }: PackRequest, queue: PQueue): Promise<Sha256> {
  const images = classes.flatMap((each) => each.images.map((sha256) => ({ sha256, className: each.name })))
  const hash = createHash('sha256')
  await buildWhole(file, async (unfinished) => {
    const handle = await open(unfinished, 'wx')
    try {
      for (let start = 0; start < images.length; start += chunkLength) {
        const chunk = images.slice(start, start + chunkLength)
        const decoded = Buffer.concat(
          await Promise.all(chunk.map((image) => queue.add(() => decodeStored(image, format)))),
        )
        hash.update(decoded)
        await handle.writeFile(decoded)
      }
    } finally {
      await handle.close()
    }
  })
  return hash.digest('hex') as Sha256
}

/** The pixels of a stored picture. Throws `image_missing`, `training_set_changed`. */
export async function decodeStored(
  picture: StoredPicture,
  { size, channels, imagesFolder }: Pick<PackRequest, 'size' | 'channels' | 'imagesFolder'>,
): Promise<Buffer> {
  const { data, info } = await sharp(await readStoredPicture(picture, imagesFolder))
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw unusablePicture('training_set_changed', { picture, cause })
    })
  if (info.width === size && info.height === size && info.channels === channels) return data
  throw unusablePicture('training_set_changed', { picture })
}
