import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { Fit } from '../../../contract/dataset.ts'
import type { DepthRule } from '../../../contract/grey-depth.ts'
import type { Channels } from '../../../contract/project.ts'
import type { IngestedFile } from '../../../contract/images.ts'
import { sha256Of } from '../../../native-worker/files/sha256-of.ts'
import { imagePath } from '../../../contract/image-path.ts'
import { pixelBomb, png16, rampPixels, rampPng } from '../../helpers/test-pictures.ts'
import { encodeBmp } from '../../helpers/encode-bmp.ts'
import { errorCodeOf } from '../../helpers/error-code.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../helpers/test-images-client.ts'

interface Form {
  readonly size?: number
  readonly channels?: Channels
  readonly fit?: Fit
  readonly depth?: DepthRule
}

function setUp({ size = 32, channels = 1, fit = 'crop', depth }: Form = {}) {
  const folder = temporaryFolder()
  const imagesFolder = join(folder, 'images')
  mkdirSync(imagesFolder)
  const client = testImagesClient()
  let count = 0
  const ingest = async (...contents: readonly Buffer[]): Promise<readonly IngestedFile[]> => {
    const files = contents.map((content) => {
      const file = join(folder, `source-${count++}.jpg`)
      writeFileSync(file, content)
      return file
    })
    return client.ingest({ files, size, channels, fit, depth: depth ?? null, imagesFolder })
  }
  /** The pixels as stored, [size, size, channels]. */
  const pixelsOf = async (file: IngestedFile | undefined): Promise<Buffer> => {
    if (file?.ok !== true) throw new Error(`refused: ${JSON.stringify(file)}`)
    const stored = join(imagesFolder, imagePath(file.sha256))
    const { channels: storedChannels, width, height, depth } = await sharp(stored).metadata()
    expect({ storedChannels, width, height, depth }).toEqual({
      storedChannels: channels,
      width: size,
      height: size,
      depth: 'uchar',
    })
    return sharp(stored)
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      .raw()
      .toBuffer()
  }
  return { folder, imagesFolder, client, ingest, pixelsOf }
}

const flat = (grey: number, size = 32) =>
  sharp({ create: { width: size, height: size, channels: 3, background: { r: grey, g: grey, b: grey } } })

const mean = (pixels: Buffer): number => pixels.reduce((sum, value) => sum + value, 0) / pixels.length

describe('formats', () => {
  test('each gives the same stored picture, whatever the file is called', async () => {
    const { ingest, pixelsOf } = setUp()
    const ramp = sharp(rampPixels(32, 32), { raw: { width: 32, height: 32, channels: 1 } })
    const rows = Array.from({ length: 32 }, (_, y) => [...rampPixels(32, 32).subarray(y * 32, y * 32 + 32)])
    const lossless = await ingest(
      await ramp.clone().png().toBuffer(),
      await ramp.clone().toColourspace('b-w').png({ palette: false, progressive: true }).toBuffer(),
      await ramp.clone().tiff({ compression: 'lzw' }).toBuffer(),
      await ramp.clone().webp({ lossless: true }).toBuffer(),
      encodeBmp(rows, { bitsPerPixel: 8 }),
      encodeBmp(rows, { bitsPerPixel: 24 }),
      encodeBmp(rows, { bitsPerPixel: 24, isTopDown: true }),
      encodeBmp(rows, { bitsPerPixel: 32 }),
    )
    for (const file of lossless)
      expect(file).toMatchObject({ ok: true, sha256: lossless[0]?.ok === true && lossless[0].sha256 })
    expect([...(await pixelsOf(lossless[0]))]).toEqual([...rampPixels(32, 32)])
    const [jpeg, bits] = await ingest(
      await ramp.clone().jpeg({ quality: 100 }).toBuffer(),
      encodeBmp(
        rows.map((row) => row.map((grey) => (grey > 127 ? 255 : 0))),
        { bitsPerPixel: 1 },
      ),
    )
    const difference = (await pixelsOf(jpeg)).map((value, i) => Math.abs(value - (rampPixels(32, 32)[i] ?? 0)))
    expect(Math.max(...difference)).toBeLessThanOrEqual(3)
    expect([...(await pixelsOf(bits))]).toEqual([...rampPixels(32, 32)].map((grey) => (grey > 127 ? 255 : 0)))
  })

  test.each([8, 10, 12, 14, 16] as const)('the range of %i bits becomes that of 8', async (bits) => {
    const { ingest, pixelsOf } = setUp({ depth: { bits, wide: 'same' } })
    const white = 2 ** bits - 1
    const files = await ingest(png16(32, white), png16(32, Math.round(white / 2)), png16(32, 0))
    const means = await Promise.all(files.map(async (file) => mean(await pixelsOf(file))))
    expect(means).toEqual([255, 128, 0])
    const grey = { low: 0, high: white }
    expect(files).toMatchObject([{ grey, isClipped: false }, { grey }, { grey }])
    if (bits === 16) return
    const [bright] = await ingest(png16(32, white + 1))
    expect(bright).toMatchObject({ isClipped: true })
    expect(mean(await pixelsOf(bright))).toBe(255)
  })

  test('a file that became deeper after it was looked at is not guessed', async () => {
    const { ingest } = setUp()
    expect(await ingest(png16(32, 500))).toMatchObject([
      { ok: false, reason: 'unreadable', cause: { name: 'changed' } },
    ])
  })

  test('CMYK, EXIF rotation, transparency and animation', async () => {
    const { ingest, pixelsOf } = setUp({ channels: 3 })
    const halves = sharp(Buffer.concat([Buffer.alloc(32 * 16 * 3, 250), Buffer.alloc(32 * 16 * 3, 5)]), {
      raw: { width: 32, height: 32, channels: 3 },
    })
    const frames = sharp(Buffer.concat([Buffer.alloc(32 * 32 * 3, 200), Buffer.alloc(32 * 32 * 3, 10)]), {
      raw: { width: 32, height: 64, channels: 3, pageHeight: 32 },
    })
    const [cmyk, rotated, transparent, webp, gif] = await ingest(
      await flat(128).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer(),
      await halves.clone().withMetadata({ orientation: 6 }).png().toBuffer(),
      await sharp({ create: { width: 32, height: 32, channels: 4, background: { r: 255, g: 255, b: 255, alpha: 0 } } })
        .png()
        .toBuffer(),
      await frames.clone().webp({ lossless: true, loop: 0 }).toBuffer(),
      await frames.clone().gif().toBuffer(),
    )
    expect(Math.abs(mean(await pixelsOf(cmyk)) - 128)).toBeLessThan(20)
    // Orientation 6: the top of the stored rows is the right side of the scene.
    const upright = await pixelsOf(rotated)
    expect(upright[0]).toBe(5)
    expect(upright[31 * 3]).toBe(250)
    expect(mean(await pixelsOf(transparent))).toBe(0)
    expect(mean(await pixelsOf(webp))).toBe(200)
    expect(Math.abs(mean(await pixelsOf(gif)) - 200)).toBeLessThan(3)
    expect(webp).toMatchObject({ sourceWidth: 32, sourceHeight: 32 })
  })

  test.each([
    ['crop', 128, 128],
    ['letterbox', 0, 128],
    ['stretch', 128, 128],
  ] as const)('%s of a wide picture', async (fit, corner, centre) => {
    const { ingest, pixelsOf } = setUp({ fit })
    const wide = sharp({ create: { width: 96, height: 32, channels: 3, background: '#808080' } })
    const [file] = await ingest(await wide.png().toBuffer())
    const pixels = await pixelsOf(file)
    expect([pixels[0], pixels[16 * 32 + 16]]).toEqual([corner, centre])
    expect(file).toMatchObject({ sourceWidth: 96, sourceHeight: 32 })
  })
})

describe('files that cannot be imported', () => {
  test('each has its reason, and the good ones beside them are stored', async () => {
    const { folder, ingest, client, imagesFolder } = setUp()
    const noisy = await sharp({
      create: {
        width: 200,
        height: 200,
        channels: 3,
        background: '#777',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
      .png()
      .toBuffer()
    const jpeg = await sharp(noisy).jpeg().toBuffer()
    const tiff = await sharp(noisy).tiff({ compression: 'none' }).toBuffer()
    const webp = await sharp(noisy).webp().toBuffer()
    const bmp = encodeBmp(
      Array.from({ length: 64 }, () => new Array<number>(64).fill(9)),
      { bitsPerPixel: 24 },
    )
    const hugeBmp = Buffer.from(bmp)
    hugeBmp.writeInt32LE(30_000, 18)
    hugeBmp.writeInt32LE(30_000, 22)
    const half = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length / 2)
    const results = await ingest(
      Buffer.alloc(0),
      Buffer.from('BMW invoices, not a picture at all'),
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      pixelBomb(),
      hugeBmp,
      half(noisy),
      half(jpeg),
      half(tiff),
      half(webp),
      half(bmp),
      bmp.subarray(0, 30),
      noisy.subarray(0, 40),
      noisy,
    )
    expect(results.map((file) => (file.ok ? 'ok' : file.reason))).toEqual([
      'empty_file',
      'not_an_image',
      'not_an_image',
      'too_many_pixels',
      'too_many_pixels',
      'corrupt',
      'corrupt',
      'corrupt',
      'corrupt',
      'corrupt',
      'corrupt',
      'corrupt',
      'ok',
    ])
    expect(results[3]).toMatchObject({
      detail: '30000 × 30000 pixels',
      cause: { name: 'pixel_size', width: 30_000, height: 30_000 },
    })
    execFileSync('mkfifo', [join(folder, 'pipe.png')])
    const odd = await client.ingest({
      files: [join(folder, 'gone.png'), join(folder, 'pipe.png'), folder],
      size: 32,
      channels: 1,
      fit: 'crop',
      depth: null,
      imagesFolder,
    })
    expect(odd.map((file) => (file.ok ? 'ok' : file.reason))).toEqual(['unreadable', 'unreadable', 'unreadable'])
  })
})

describe('the store', () => {
  test('names files by their own hash and leaves nothing temporary; equal pixels are one file', async () => {
    const { folder, imagesFolder, ingest } = setUp()
    const [first, second] = await ingest(await rampPng(40), await rampPng(40))
    const [again] = await ingest(await rampPng(40))
    expect(second).toEqual(first)
    expect(again).toEqual(first)
    if (first?.ok !== true) throw new Error('refused')
    const bytes = readFileSync(join(imagesFolder, imagePath(first.sha256)))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(first.sha256)
    expect(first.sizeBytes).toBe(bytes.length)
    expect(readdirSync(join(folder, 'incoming'))).toEqual([])
    expect(readdirSync(imagesFolder)).toEqual([first.sha256.slice(0, 2)])
  })

  test('the same new picture may be in several requests at once', async () => {
    const { folder, client, imagesFolder } = setUp()
    const file = join(folder, 'a.png')
    writeFileSync(file, await rampPng(40))
    const request = {
      files: [file, file],
      size: 32,
      channels: 1 as const,
      fit: 'crop' as const,
      depth: null,
      imagesFolder,
    }
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.ingest(request)))
    expect(answers.flat().every((each) => each.ok)).toBe(true)
    expect(readdirSync(join(folder, 'incoming'))).toEqual([])
  })

  test('a damaged file of the same name is replaced', async () => {
    const { imagesFolder, ingest } = setUp()
    const [first] = await ingest(await rampPng(40))
    if (first?.ok !== true) throw new Error('refused')
    const stored = join(imagesFolder, imagePath(first.sha256))
    const bytes = readFileSync(stored)
    writeFileSync(stored, bytes.subarray(0, 20))
    await ingest(await rampPng(40))
    expect(readFileSync(stored).equals(bytes)).toBe(true)
  })

  test('a target that cannot be written fails the request, not the child', async () => {
    const { folder, client, ingest } = setUp()
    const file = join(folder, 'a.png')
    writeFileSync(file, await rampPng(40))
    const request = { files: [file], size: 32, channels: 1 as const, fit: 'crop' as const, depth: null }
    expect(await errorCodeOf(() => client.ingest({ ...request, imagesFolder: join(file, 'project', 'images') }))).toBe(
      'folder_not_writable',
    )
    expect(await ingest(await rampPng(48))).toMatchObject([{ ok: true }])
  })
})

describe('pack', () => {
  test('writes pictures in the order given, and says which is missing', async () => {
    const { folder, imagesFolder, ingest, client } = setUp({ size: 16 })
    const files = await ingest(await rampPng(16), await rampPng(16, 16, 9))
    const images = files.flatMap((file) => (file.ok ? [file.sha256] : []))
    const file = join(folder, 'set.bin')
    const sha256 = await client.pack({
      classes: [
        { name: 'pit', images },
        { name: 'stain', images },
      ],
      size: 16,
      channels: 1,
      imagesFolder,
      file,
    })
    expect(sha256).toBe(sha256Of(readFileSync(file)))
    const expected = Buffer.concat([rampPixels(16, 16), rampPixels(16, 16, 9)])
    expect(readFileSync(file).equals(Buffer.concat([expected, expected]))).toBe(true)
    const missing = 'f'.repeat(64) as (typeof images)[number]
    const other = join(folder, 'other.bin')
    const pack = (sha256 = missing) =>
      client.pack({
        classes: [
          { name: 'pit', images },
          { name: 'stain', images: [sha256] },
        ],
        size: 16,
        channels: 1,
        imagesFolder,
        file: other,
      })
    await expect(pack()).rejects.toMatchObject({
      code: 'image_missing',
      details: { className: 'stain', file: `images/${imagePath(missing)}` },
    })
    // A good picture, and not the one of that name.
    const [first, second] = images as [typeof missing, typeof missing]
    copyFileSync(join(imagesFolder, imagePath(first)), join(imagesFolder, imagePath(second)))
    await expect(pack(first)).rejects.toMatchObject({
      code: 'training_set_changed',
      details: { className: 'pit', file: `images/${imagePath(second)}` },
    })
    expect(readdirSync(folder).filter((name) => name.startsWith('other'))).toEqual([])
  })
})

test('a child that dies fails what was under way; the next request starts another', async () => {
  const { folder } = setUp()
  // A stand-in for a decoder that crashes: the process ends when it is asked to ingest a file named "killer".
  const entry = join(folder, 'child.mjs')
  writeFileSync(
    entry,
    `process.on('message', (m) => m.kind === 'describe'
    ? process.send({ kind: 'described', id: m.id, sharp: '1', libvips: '2' }) : process.kill(process.pid, 'SIGSEGV'))`,
  )
  const client = testImagesClient({ entry })
  expect(await client.describe()).toEqual({ sharp: '1', libvips: '2' })
  const request = {
    files: ['killer'],
    size: 32,
    channels: 1 as const,
    fit: 'crop' as const,
    depth: null,
    imagesFolder: folder,
  }
  expect(await errorCodeOf(() => client.ingest(request))).toBe('compute_died')
  expect(await client.describe()).toEqual({ sharp: '1', libvips: '2' })
  expect(existsSync(entry)).toBe(true)
})

test('the child says which libraries it runs and ends with its parent', async () => {
  const client = testImagesClient()
  expect(await client.describe()).toEqual({ sharp: sharp.versions.sharp, libvips: sharp.versions.vips })
  const pending = client.describe()
  client.close()
  expect(await errorCodeOf(() => pending)).toBe('compute_died')
})
