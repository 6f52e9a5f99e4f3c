import { open, rename, rm } from 'node:fs/promises'
import type PQueue from 'p-queue'
import sharp from 'sharp'
import { FlawsmithError } from '../../contract/errors.ts'
import type { Sha256 } from '../../contract/ids.ts'
import type { ImagesRequest } from '../../contract/images.ts'
import { imageFile } from '../files/project-paths.ts'

type PackRequest = Extract<ImagesRequest, { kind: 'pack' }>

/** Decoded this many at a time, so that a large set never lies in memory whole. */
const chunkLength = 256

/** Writes stored images as uint8 [count, size, size, channels] in the order given. Throws `image_missing`. */
export async function packImages(
  { images, size, channels, imagesFolder, file }: PackRequest,
  queue: PQueue,
): Promise<void> {
  const unfinished = `${file}.unfinished`
  const handle = await open(unfinished, 'w')
  try {
    for (let start = 0; start < images.length; start += chunkLength) {
      const chunk = images.slice(start, start + chunkLength)
      const decoded = await Promise.all(
        chunk.map((sha256) => queue.add(() => decodeStored(sha256, { size, channels, imagesFolder }))),
      )
      await handle.writeFile(Buffer.concat(decoded))
    }
    await handle.sync()
    await handle.close()
    await rename(unfinished, file)
  } catch (thrown) {
    await handle.close()
    await rm(unfinished, { force: true })
    throw thrown
  }
}

async function decodeStored(
  sha256: Sha256,
  { size, channels, imagesFolder }: Pick<PackRequest, 'size' | 'channels' | 'imagesFolder'>,
): Promise<Buffer> {
  const fail = (cause?: unknown): never => {
    throw new FlawsmithError(
      'image_missing',
      `The image ${sha256} is missing or damaged in ${imagesFolder}. Run verify, then import its source again.`,
      { sha256 },
      { cause },
    )
  }
  const { data, info } = await sharp(imageFile(imagesFolder, sha256))
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch(fail)
  return info.width === size && info.height === size && info.channels === channels ? data : fail()
}
