import { createHash } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import type PQueue from 'p-queue'
import sharp from 'sharp'
import { FlawsmithError } from '../../contract/errors.ts'
import { imagePath } from '../../contract/image-path.ts'
import type { Sha256 } from '../../contract/ids.ts'
import type { ImagesRequest } from '../../contract/images.ts'
import { imageFile } from '../files/project-paths.ts'
import { sha256Of } from '../files/sha256-of.ts'
import { buildWhole } from '../files/write-whole.ts'

type PackRequest = Extract<ImagesRequest, { kind: 'pack' }>

interface StoredImage {
  readonly sha256: Sha256
  readonly className: string
}

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

async function decodeStored(
  image: StoredImage,
  { size, channels, imagesFolder }: Pick<PackRequest, 'size' | 'channels' | 'imagesFolder'>,
): Promise<Buffer> {
  const path = imageFile(imagesFolder, image.sha256)
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw unusable('image_missing', { image, cause })
  })
  if (sha256Of(bytes) !== image.sha256) throw unusable('training_set_changed', { image })
  const { data, info } = await sharp(bytes)
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw unusable('training_set_changed', { image, cause })
    })
  if (info.width === size && info.height === size && info.channels === channels) return data
  throw unusable('training_set_changed', { image })
}

function unusable(
  code: 'image_missing' | 'training_set_changed',
  { image: { sha256, className }, cause }: { image: StoredImage; cause?: unknown },
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
