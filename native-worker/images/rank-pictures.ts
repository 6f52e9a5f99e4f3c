import type PQueue from 'p-queue'
import sharp from 'sharp'
import type { Sharp } from 'sharp'
import type { Sha256 } from '../../contract/ids.ts'
import type { ImagesRequest } from '../../contract/images.ts'
import { PictureReader } from '../files/picture-reader.ts'
import { orderForSpread } from './order-for-spread.ts'

type RankRequest = Extract<ImagesRequest, { kind: 'rank' }>

const cells = 8
/** Descriptors are small, and an export is often written again. */
const mostRemembered = 50_000
const remembered = new Map<Sha256, Float32Array>()

/** Stored pictures, best and most unlike first. What cannot be read comes last. */
export async function rankPictures({ pictures, count, imagesFolder }: RankRequest, queue: PQueue): Promise<number[]> {
  const reader = new PictureReader({ imagesFolder })
  const found = await Promise.all(
    pictures.map(({ sha256, score }, index) =>
      queue.add(async () => {
        const descriptor = await describe(sha256, reader)
        return descriptor === null ? null : { index, descriptor, score: score ?? 1 }
      }),
    ),
  )
  const candidates = found.filter((each) => each !== null)
  const ordered = orderForSpread(candidates, count).flatMap((at) => candidates[at]?.index ?? [])
  return [...ordered, ...found.flatMap((each, index) => (each === null ? [index] : []))]
}

/** Brightness and amount of detail in 8 × 8 cells: enough to tell pictures apart that show a defect elsewhere or otherwise. */
async function describe(sha256: Sha256, reader: PictureReader): Promise<Float32Array | null> {
  const known = remembered.get(sha256)
  if (known !== undefined) return known
  const bytes = reader.readPicture(sha256)
  if (bytes === null) return null
  const grey = sharp(bytes).toColourspace('b-w')
  const [mean, detail] = await Promise.all([
    grey.clone().resize(cells, cells, { fit: 'fill', kernel: 'linear' }).raw().toBuffer(),
    detailOf(grey),
  ])
  const descriptor = new Float32Array(2 * cells * cells)
  for (let cell = 0; cell < cells * cells; cell++) {
    descriptor[cell] = (mean[cell] ?? 0) / 255
    descriptor[cells * cells + cell] = detail[cell] ?? 0
  }
  if (remembered.size >= mostRemembered) remembered.clear()
  remembered.set(sha256, descriptor)
  return descriptor
}

/** Mean difference of neighbours in each cell, as a share of white. */
async function detailOf(grey: Sharp): Promise<Float32Array> {
  const { data, info } = await grey.clone().raw().toBuffer({ resolveWithObject: true })
  const { width, height } = info
  const sums = new Float32Array(cells * cells)
  const counts = new Float32Array(cells * cells)
  for (let y = 0; y + 1 < height; y++)
    for (let x = 0; x + 1 < width; x++) {
      const at = y * width + x
      const here = data[at] ?? 0
      const change = Math.abs((data[at + 1] ?? 0) - here) + Math.abs((data[at + width] ?? 0) - here)
      const cell = Math.floor((y * cells) / height) * cells + Math.floor((x * cells) / width)
      sums[cell] = (sums[cell] ?? 0) + change / 510
      counts[cell] = (counts[cell] ?? 0) + 1
    }
  return sums.map((sum, cell) => sum / Math.max(1, counts[cell] ?? 1))
}
