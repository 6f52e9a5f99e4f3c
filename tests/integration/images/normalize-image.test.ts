import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { DepthRule } from '../../../contract/grey-depth.ts'
import { normalizeImage } from '../../../native-worker/images/normalize-image.ts'
import { writeTiff } from '../../helpers/write-tiff.ts'
import { rampPixels } from '../../helpers/test-pictures.ts'
import { pillowGreys } from '../../fixtures/pillow-greys.ts'

const twelveBits: DepthRule = { bits: 12, wide: 'same' }

async function pixelsOf(
  bytes: Buffer,
  { size, channels = 1, depth = null }: { size: number; channels?: 1 | 3; depth?: DepthRule | null },
): Promise<number[]> {
  const { png } = await normalizeImage(bytes, { size, channels, fit: 'stretch', depth })
  return [
    ...(await sharp(png)
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      .raw()
      .toBuffer()),
  ]
}

const rgbPng = (pixels: Uint8Array, size: number): Promise<Buffer> =>
  sharp(pixels, { raw: { width: size, height: size, channels: 3 } })
    .png()
    .toBuffer()

describe('grey', () => {
  const size = Math.sqrt(pillowGreys.length)

  test('from colour is what Pillow makes of it', async () => {
    const png = await rgbPng(Uint8Array.from(pillowGreys.flatMap(({ rgb }) => rgb)), size)
    expect(await pixelsOf(png, { size })).toEqual(pillowGreys.map(({ grey }) => grey))
  })

  test('from colours that are grey is that grey, and the same file as from grey', async () => {
    const every = Uint8Array.from({ length: 256 }, (_, value) => value)
    const colour = await rgbPng(Uint8Array.from([...every].flatMap((value) => [value, value, value])), 16)
    const grey = await sharp(every, { raw: { width: 16, height: 16, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toBuffer()
    expect(await pixelsOf(colour, { size: 16 })).toEqual([...every])
    const form = { size: 16, channels: 1, fit: 'crop', depth: null } as const
    expect((await normalizeImage(colour, form)).png.equals((await normalizeImage(grey, form)).png)).toBe(true)
  })

  test('has the bytes that earlier versions gave it', async () => {
    const png = await sharp(rampPixels(96, 80), { raw: { width: 96, height: 80, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toBuffer()
    const before = await sharp(png, { failOn: 'error', autoOrient: true })
      .resize(64, 64, { fit: 'cover', background: '#000' })
      .toColourspace('b-w')
      .png({ compressionLevel: 6, adaptiveFiltering: false, palette: false })
      .toBuffer()
    const after = await normalizeImage(png, { size: 64, channels: 1, fit: 'crop', depth: null })
    expect(after.png.equals(before)).toBe(true)
  })

  test.each(['srgb', 'p3'])('is not changed by a colour profile: %s', async (profile) => {
    const png = await sharp(Buffer.alloc(16 * 16 * 3, 64), { raw: { width: 16, height: 16, channels: 3 } })
      .png()
      .toBuffer()
    const tagged = await sharp(png).withIccProfile(profile, { attach: true }).png().toBuffer()
    const [stored = NaN] = [...(await sharp(tagged, { ignoreIcc: true }).raw().toBuffer())]
    expect((await sharp(tagged).metadata()).hasProfile).toBe(true)
    expect(new Set(await pixelsOf(tagged, { size: 16 }))).toEqual(new Set([stored]))
  })
})

describe('deep files', () => {
  const width = 8
  const tiff16 = (
    value: (index: number) => number,
    more: { readonly samplesPerPixel?: number; readonly photometric?: number } = {},
  ): Buffer => {
    const count = width * width * (more.samplesPerPixel ?? 1)
    const pixels = Buffer.from(Uint16Array.from({ length: count }, (_, index) => value(index)).buffer)
    return writeTiff({ width, height: width, bits: 16, pixels, ...more })
  }

  test('where white is zero keep that', async () => {
    const pixels = await pixelsOf(
      tiff16((index) => index * 65, { photometric: 0 }),
      { size: width, depth: twelveBits },
    )
    expect(pixels).toEqual(Array.from({ length: 64 }, (_, index) => 255 - Math.round((index * 65 * 255) / 4095)))
  })

  test('in colour keep their colours', async () => {
    const colour = tiff16((index) => (index % 3) * 2000, { samplesPerPixel: 3, photometric: 2 })
    const pixels = await pixelsOf(colour, { size: width, channels: 3, depth: twelveBits })
    expect(pixels.slice(0, 3)).toEqual([0, 125, 249])
  })

  test('brighter than their range are white there, and it is said', async () => {
    const form = { size: width, channels: 1, fit: 'crop', depth: twelveBits } as const
    expect(
      await normalizeImage(
        tiff16(() => 4095),
        form,
      ),
    ).toMatchObject({ isClipped: false })
    expect(
      await normalizeImage(
        tiff16((index) => (index === 9 ? 4096 : 5)),
        form,
      ),
    ).toMatchObject({ isClipped: true })
  })
})
