import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { Sha256 } from '../../../contract/ids.ts'
import { imageFile } from '../../../native-worker/files/project-paths.ts'
import { sha256Of } from '../../../native-worker/files/sha256-of.ts'
import { decodeStoredPng } from '../../../native-worker/images/near-duplicates/decode-stored-png.ts'
import { RandomStream } from '../../../native-worker/random/random-stream.ts'
import { drawSurface, drawView, pictureSize, takePicture } from '../../helpers/draw-parts.ts'
import { errorCodeOf } from '../../helpers/error-code.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../helpers/test-images-client.ts'

const threshold = 0.55

async function store(folder: string, pixels: Uint8Array): Promise<Sha256> {
  const png = await sharp(pixels, { raw: { width: pictureSize, height: pictureSize, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer()
  const sha256 = sha256Of(png)
  mkdirSync(dirname(imageFile(folder, sha256)), { recursive: true })
  writeFileSync(imageFile(folder, sha256), png)
  return sha256
}

async function storedParts(parts: number): Promise<{
  readonly imagesFolder: string
  readonly spectraFile: string
  readonly images: Sha256[]
}> {
  const folder = temporaryFolder()
  const imagesFolder = join(folder, 'images')
  const random = RandomStream.fromSeed(2, 'views')
  const images: Sha256[] = []
  for (let part = 0; part < parts; part++) {
    const surface = drawSurface('grain', { seed: 1, part })
    for (let view = 0; view < 2; view++)
      images.push(await store(imagesFolder, takePicture(surface, drawView(random, { turns: true }))))
  }
  return { imagesFolder, spectraFile: join(folder, 'spectra.bin'), images }
}

test('the child finds the parts, remembers the pictures, and reads only what it does not know', async () => {
  const client = testImagesClient()
  const { images, ...places } = await storedParts(6)
  const request = { images, threshold, ...places }
  const progress: number[] = []
  const first = await client.group(request, { onProgress: (_, total) => progress.push(total) })
  expect(first.groups.map((members) => members.map(({ image }) => Math.floor(image / 2)))).toEqual(
    Array.from({ length: 6 }, (_, part) => [part, part]),
  )
  expect(first.unread).toEqual([])
  expect(progress.at(-1)).toBe(24)

  const again: number[] = []
  const kept = statSync(places.spectraFile).mtimeMs
  expect(await client.group(request, { onProgress: (_, total) => again.push(total) })).toEqual(first)
  expect(again.at(-1)).toBe(12)
  expect(statSync(places.spectraFile).mtimeMs).toBe(kept)
})

test('a damaged memory is made anew; pictures that cannot be read are named', async () => {
  const client = testImagesClient()
  const { images, ...places } = await storedParts(3)
  const request = { images, threshold, ...places }
  const first = await client.group(request, {})
  const bytes = readFileSync(places.spectraFile)
  bytes[100] = (bytes[100] ?? 0) ^ 1
  writeFileSync(places.spectraFile, bytes)
  expect(await client.group(request, {})).toEqual(first)

  const broken = images[4]
  if (broken === undefined) throw new Error('no picture')
  writeFileSync(imageFile(places.imagesFolder, broken), 'not a picture')
  writeFileSync(places.spectraFile, '')
  const { groups, unread } = await client.group(request, {})
  expect(unread).toEqual([4])
  expect(groups).toHaveLength(2)
  // What could be read was kept.
  const totals: number[] = []
  await client.group(request, { onProgress: (_, total) => totals.push(total) })
  expect(totals.at(-1)).toBe(7)
})

test('a cancelled comparison ends as cancelled, and the child answers the next request', async () => {
  const client = testImagesClient()
  const { images, ...places } = await storedParts(2)
  const abort = new AbortController()
  const many = Array.from({ length: 200 }, () => images).flat()
  const work = client.group(
    { images: many, threshold, ...places },
    { signal: abort.signal, onProgress: () => abort.abort() },
  )
  await expect(errorCodeOf(() => work)).resolves.toBe('cancelled')
  expect((await client.describe()).sharp).not.toBe('')
})

test.each([1, 3] as const)('stored pictures of %i channels are decoded as every decoder does', async (channels) => {
  const random = RandomStream.fromSeed(9, 'pixels')
  const size = 40
  const pixels = Uint8Array.from({ length: size * size * channels }, (_, at) => (at / 7 + random.integer(30)) & 255)
  const picture = sharp(pixels, { raw: { width: size, height: size, channels } }).toColourspace(
    channels === 1 ? 'b-w' : 'srgb',
  )
  for (const adaptiveFiltering of [false, true]) {
    const png = await picture.clone().png({ adaptiveFiltering }).toBuffer()
    expect(decodeStoredPng(png)).toEqual({ pixels, width: size, height: size, channels })
    expect(decodeStoredPng(png.subarray(0, png.length / 2))).toBeNull()
  }
  expect(decodeStoredPng(await picture.clone().png({ palette: true }).toBuffer())).toBeNull()
  expect(decodeStoredPng(Buffer.from('not a picture'))).toBeNull()
})
