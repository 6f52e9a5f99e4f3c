import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { imagePath } from '../../../../contract/image-path.ts'
import type { Sha256 } from '../../../../contract/ids.ts'
import { tileSize } from '../../../../contract/large-frames.ts'
import { encodeBmp } from '../../../helpers/encode-bmp.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'
import { png16, rampPixels, rampPng } from '../../../helpers/test-pictures.ts'

function folders() {
  const root = temporaryFolder()
  const made = {
    root,
    originalsFolder: join(root, 'project', 'originals'),
    picturesFolder: join(root, 'project', 'images'),
    viewsFolder: join(root, 'cache'),
  }
  for (const folder of [made.picturesFolder, made.viewsFolder]) mkdirSync(folder, { recursive: true })
  return made
}

const sha256Of = (bytes: Buffer): Sha256 => createHash('sha256').update(bytes).digest('hex') as Sha256
const pixelsOf = async (folder: string, sha256: Sha256 | null | undefined): Promise<Buffer> => {
  const png = await readFile(join(folder, imagePath(sha256 ?? ('' as Sha256))))
  expect(sha256Of(png)).toBe(sha256)
  return sharp(png).toColourspace('b-w').raw().toBuffer()
}
const part = (
  pixels: Buffer,
  { width, x, y, side }: { readonly width: number; readonly x: number; readonly y: number; readonly side: number },
): Buffer =>
  Buffer.concat(Array.from({ length: side }, (_, row) => pixels.subarray((y + row) * width + x).subarray(0, side)))

describe('keeping a frame', () => {
  test('its very bytes lie in the project under their hash', async () => {
    const { root, originalsFolder } = folders()
    const images = testImagesClient()
    const bytes = await rampPng(300, 200)
    await writeFile(join(root, 'frame.png'), bytes)
    const kept = await images.keepFrame({ file: join(root, 'frame.png'), originalsFolder })
    const sha256 = sha256Of(bytes)
    expect(kept).toEqual({
      ok: true,
      sha256,
      kind: 'png',
      sizeBytes: bytes.length,
      isPlain: true,
      width: 300,
      height: 200,
    })
    expect(await readFile(join(originalsFolder, sha256.slice(0, 2), `${sha256}.png`))).toEqual(bytes)
    expect(await readdir(join(root, 'project', 'incoming'))).toEqual([])
  })

  test('what is no picture, or too large for its kind, is refused and leaves nothing', async () => {
    const { root, originalsFolder } = folders()
    const images = testImagesClient()
    const bitmap = encodeBmp([[0]], { bitsPerPixel: 8 })
    bitmap.writeInt32LE(16_000, 18)
    bitmap.writeInt32LE(8_000, 22)
    const files = { 'text.png': Buffer.from('no picture'), 'empty.png': Buffer.alloc(0), 'large.bmp': bitmap }
    const found: Record<string, string> = {}
    for (const [name, bytes] of Object.entries(files)) {
      await writeFile(join(root, name), bytes)
      const kept = await images.keepFrame({ file: join(root, name), originalsFolder })
      found[name] = kept.ok ? 'kept' : `${kept.reason}: ${kept.detail}`
    }
    expect(found).toEqual({
      'text.png': 'not_an_image: not PNG, JPEG, BMP, TIFF, WebP or GIF',
      'empty.png': 'empty_file: 0 bytes',
      'large.bmp': 'too_many_pixels: 16000 × 8000 pixels',
    })
    expect(await readdir(join(root, 'project'))).toEqual(['images'])
  })

  test('a frame that lies on its side is measured upright', async () => {
    const { root, originalsFolder } = folders()
    const jpeg = await sharp(rampPixels(300, 200), { raw: { width: 300, height: 200, channels: 1 } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    await writeFile(join(root, 'turned.jpg'), jpeg)
    const kept = await testImagesClient().keepFrame({ file: join(root, 'turned.jpg'), originalsFolder })
    expect(kept).toMatchObject({ ok: true, width: 200, height: 300 })
  })
})

describe('cutting', () => {
  test.each(['png', 'bmp', 'tiff'] as const)(
    'a window of the size of the project is the pixels themselves: %s',
    async (kind) => {
      const { root, viewsFolder, picturesFolder } = folders()
      const images = testImagesClient()
      const pixels = rampPixels(300, 200)
      const raw = sharp(pixels, { raw: { width: 300, height: 200, channels: 1 } }).toColourspace('b-w')
      const file = join(root, `frame.${kind}`)
      await writeFile(
        file,
        kind === 'bmp'
          ? encodeBmp(
              Array.from({ length: 200 }, (_, y) => [...pixels.subarray(y * 300, (y + 1) * 300)]),
              { bitsPerPixel: 8 },
            )
          : await (kind === 'png' ? raw.png() : raw.tiff({ compression: 'none' })).toBuffer(),
      )
      const source = { file, sha256: sha256Of(await readFile(file)), channels: 1, viewsFolder } as const
      const windows = [
        { window: { x: 0, y: 0, width: 32, height: 32 }, fit: 'crop' },
        { window: { x: 268, y: 168, width: 32, height: 32 }, fit: 'crop' },
      ] as const
      const cut = await images.cutPatches({ ...source, windows: [...windows], size: 32, picturesFolder })
      if (!cut.ok) throw new Error(cut.detail)
      expect(cut.grey).toBeNull()
      expect(await pixelsOf(picturesFolder, cut.patches[0]?.sha256)).toEqual(
        part(pixels, { width: 300, x: 0, y: 0, side: 32 }),
      )
      expect(await pixelsOf(picturesFolder, cut.patches[1]?.sha256)).toEqual(
        part(pixels, { width: 300, x: 268, y: 168, side: 32 }),
      )
      // The way through the laid-aside frame, which larger frames take, gives the same pictures.
      expect(await images.prepareFrame(source)).toMatchObject({ ok: true, grey: null })
      const again = await images.cutPatches({ ...source, windows: [...windows], size: 32, picturesFolder })
      expect(again).toEqual(cut)
    },
  )

  test('a camera of 12 bits is spread, the same way in memory and laid aside, and the scale is said', async () => {
    const { root, viewsFolder, picturesFolder } = folders()
    const images = testImagesClient()
    const bytes = png16(64, 2048)
    const file = join(root, 'deep.png')
    await writeFile(file, bytes)
    const source = { file, sha256: sha256Of(bytes), channels: 1, viewsFolder } as const
    const windows = [{ window: { x: 8, y: 8, width: 32, height: 32 }, fit: 'crop' as const }]
    const cut = await images.cutPatches({ ...source, windows, size: 32, picturesFolder })
    if (!cut.ok) throw new Error(cut.detail)
    expect(cut.grey).toEqual({ low: 0, high: 4095 })
    const pixels = await pixelsOf(picturesFolder, cut.patches[0]?.sha256)
    expect([...new Set(pixels)]).toEqual([128])
    expect(await images.prepareFrame(source)).toMatchObject({ ok: true, grey: { low: 0, high: 4095 } })
    expect(await images.cutPatches({ ...source, windows, size: 32, picturesFolder })).toEqual(cut)
  })

  test('a frame cut short is refused, and no picture of it is left', async () => {
    const { root, viewsFolder, picturesFolder } = folders()
    const images = testImagesClient()
    const whole = await rampPng(300, 200)
    const bytes = whole.subarray(0, Math.floor(whole.length / 2))
    const file = join(root, 'cut.png')
    await writeFile(file, bytes)
    const source = { file, sha256: sha256Of(bytes), channels: 1, viewsFolder } as const
    const windows = [{ window: { x: 0, y: 0, width: 32, height: 32 }, fit: 'crop' as const }]
    expect(await images.cutPatches({ ...source, windows, size: 32, picturesFolder })).toMatchObject({
      ok: false,
      reason: 'corrupt',
    })
    expect(await images.prepareFrame(source)).toMatchObject({ ok: false, reason: 'corrupt' })
    expect(await readdir(picturesFolder)).toEqual([])
    expect(await readdir(viewsFolder)).toEqual([])
  })
})

test('tiles show the frame, level by level, and nothing outside it', async () => {
  const { root, viewsFolder, picturesFolder } = folders()
  const images = testImagesClient()
  const [width, height] = [tileSize + 100, tileSize + 40]
  const pixels = rampPixels(width, height)
  const file = join(root, 'frame.png')
  await writeFile(file, await rampPng(width, height))
  const source = { file, sha256: sha256Of(await readFile(file)), channels: 1, viewsFolder } as const
  const prepared = await images.prepareFrame(source)
  expect(prepared).toMatchObject({ ok: true, levels: [{ width, height }, { width: 306, height: 276 }, {}] })
  const place = (level: number, column: number, row: number) => ({ level, column, row })
  const tiles = [place(0, 0, 0), place(0, 1, 1), place(0, 2, 0), place(1, 0, 0), place(9, 0, 0)]
  const [first, corner, outside, half, noLevel] = await images.drawTiles({ ...source, tiles, picturesFolder })
  expect([outside, noLevel]).toEqual([null, null])
  expect(await pixelsOf(picturesFolder, first)).toEqual(part(pixels, { width, x: 0, y: 0, side: tileSize }))
  expect(await sharp(join(picturesFolder, imagePath(corner as Sha256))).metadata()).toMatchObject({
    width: 100,
    height: 40,
  })
  expect(await sharp(join(picturesFolder, imagePath(half as Sha256))).metadata()).toMatchObject({
    width: 306,
    height: 276,
  })
})

test('a mask gives a box a part; one whose parts cannot be read says why', async () => {
  const { root } = folders()
  const images = testImagesClient()
  const pixels = Buffer.alloc(40 * 30)
  for (let y = 5; y < 9; y++) pixels.fill(255, y * 40 + 10, y * 40 + 16)
  pixels[29 * 40 + 39] = 1
  const file = join(root, 'mask.png')
  await writeFile(
    file,
    await sharp(pixels, { raw: { width: 40, height: 30, channels: 1 } })
      .png()
      .toBuffer(),
  )
  expect(await images.readMask({ file })).toEqual({
    ok: true,
    width: 40,
    height: 30,
    boxes: [
      { x: 10, y: 5, width: 6, height: 4 },
      { x: 39, y: 29, width: 1, height: 1 },
    ],
  })
  await writeFile(file, 'nothing')
  expect(await images.readMask({ file })).toMatchObject({ ok: false, reason: 'not_an_image' })
})
