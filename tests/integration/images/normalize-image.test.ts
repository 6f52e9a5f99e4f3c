import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { DepthRule } from '../../../contract/grey-depth.ts'
import { decodeStoredPng } from '../../../native-worker/images/near-duplicates/decode-stored-png.ts'
import { encodePicture, normalizeImage } from '../../../native-worker/images/normalize-image.ts'
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

  test('of a whole picture is the one of a fitted picture', async () => {
    const png = await rgbPng(Uint8Array.from(pillowGreys.flatMap(({ rgb }) => rgb)), size)
    const whole = decodeStoredPng(await encodePicture(sharp(png), 1))
    expect([...(whole?.pixels ?? [])]).toEqual(pillowGreys.map(({ grey }) => grey))
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

describe('the stored file', () => {
  const [width, height] = [96, 80]
  const colours = sharp(
    Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * index * 7) % 251),
    { raw: { width, height, channels: 3 } },
  )
  const grey = sharp(rampPixels(width, height), { raw: { width, height, channels: 1 } }).toColourspace('b-w')
  const sources: Readonly<Record<string, () => Promise<Buffer>>> = {
    'PNG in colour': () => colours.clone().png().toBuffer(),
    'PNG with a palette': () => colours.clone().png({ palette: true }).toBuffer(),
    'PNG with transparency': () => colours.clone().ensureAlpha(0.4).png().toBuffer(),
    'grey PNG': () => grey.clone().png().toBuffer(),
    'JPEG in colour': () => colours.clone().jpeg().toBuffer(),
    'grey JPEG': () => grey.clone().jpeg().toBuffer(),
    'CMYK JPEG': () => colours.clone().toColourspace('cmyk').jpeg().toBuffer(),
    'JPEG on its side': () => colours.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    TIFF: () => colours.clone().tiff().toBuffer(),
    WebP: () => colours.clone().webp().toBuffer(),
  }

  test.each(
    Object.keys(sources).flatMap((name) =>
      (['crop', 'letterbox', 'stretch'] as const).flatMap((fit) =>
        ([1, 3] as const).map((channels) => ({ name, fit, channels })),
      ),
    ),
  )(
    'of $name, $fit, $channels channels, is what an encoder of every PNG writes, as every decoder reads it',
    async ({ name, fit, channels }) => {
      const bytes = (await sources[name]?.()) ?? Buffer.alloc(0)
      const { png } = await normalizeImage(bytes, { size: 64, channels, fit, depth: null })
      const modes = { crop: 'cover', letterbox: 'contain', stretch: 'fill' } as const
      const fitted = sharp(bytes, { autoOrient: true, ignoreIcc: name !== 'CMYK JPEG' })
        .flatten({ background: '#000' })
        .resize(64, 64, { fit: modes[fit], background: '#000' })
      const plain = await encodePicture(fitted, channels)
      const read = (file: Buffer): Promise<Buffer> =>
        sharp(file)
          .toColourspace(channels === 1 ? 'b-w' : 'srgb')
          .raw()
          .toBuffer()
      expect(await sharp(png, { failOn: 'warning' }).metadata()).toMatchObject({
        format: 'png',
        width: 64,
        height: 64,
        channels,
        depth: 'uchar',
      })
      expect(await read(png)).toEqual(await read(plain))
      expect(png.length).toBeLessThan(plain.length * 1.05 + 64)
    },
  )

  test('of a picture that is packed in another thread is whole', async () => {
    const bytes = await sources['PNG in colour']?.()
    const { png } = await normalizeImage(bytes ?? Buffer.alloc(0), {
      size: 256,
      channels: 3,
      fit: 'stretch',
      depth: null,
    })
    expect(decodeStoredPng(png)?.pixels).toEqual(new Uint8Array(await sharp(png).raw().toBuffer()))
  })
})
