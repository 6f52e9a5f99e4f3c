import { describe, expect, test } from 'vitest'
import { FileRefusal } from '../../../native-worker/images/file-refusal.ts'
import { openSource } from '../../../native-worker/images/open-source.ts'
import { writeTiff } from '../../helpers/write-tiff.ts'
import type { TiffPageToWrite } from '../../helpers/write-tiff.ts'

const page = (more: Partial<TiffPageToWrite> = {}): TiffPageToWrite => ({
  width: 8,
  height: 8,
  bits: 8,
  pixels: Buffer.alloc(8 * 8 * 4, 7),
  ...more,
})

/** A JPEG file up to its frame header. */
const jpeg = (marker: number, precision: number): Buffer =>
  Buffer.from([0xff, 0xd8, 0xff, marker, 0, 11, precision, 0, 8, 0, 8, 1, 1, 0x11, 0, 0xff, 0xda, 0, 0])

async function refusalOf(bytes: Buffer): Promise<FileRefusal> {
  try {
    await openSource(bytes)
  } catch (thrown) {
    if (thrown instanceof FileRefusal) return thrown
    throw thrown
  }
  throw new Error('A refusal was expected.')
}

test.each([
  ['LZMA', writeTiff(page({ compression: 34_925 })), { name: 'compression', value: 'LZMA' }],
  ['ZSTD', writeTiff(page({ compression: 50_000 })), { name: 'compression', value: 'ZSTD' }],
  ['JPEG 2000', writeTiff(page({ compression: 34_712 })), { name: 'compression', value: 'JPEG 2000' }],
  ['a number nobody knows', writeTiff(page({ compression: 999 })), { name: 'compression', value: 'TIFF 999' }],
  ['CIE L*a*b*', writeTiff(page({ photometric: 8 })), { name: 'colour_model', value: 'CIE L*a*b*' }],
  ['ICC L*a*b*', writeTiff(page({ photometric: 9 })), { name: 'colour_model', value: 'ICC L*a*b*' }],
  ['raw sensors', writeTiff(page({ photometric: 32_803 })), { name: 'colour_model', value: 'raw sensor (CFA)' }],
  ['CMYK of 16 bits', writeTiff(page({ photometric: 5, bits: 16 })), { name: 'colour_model', value: '16-bit CMYK' }],
  ['packed 10 bits', writeTiff(page({ bits: 10 })), { name: 'sample_bits', value: '10' }],
  ['packed 12 bits', writeTiff(page({ bits: 12 })), { name: 'sample_bits', value: '12' }],
  ['64 bits', writeTiff(page({ bits: 64 })), { name: 'sample_bits', value: '64' }],
  ['signed 8 bits', writeTiff(page({ sampleFormat: 2 })), { name: 'signed', value: '8' }],
  ['signed 16 bits', writeTiff(page({ bits: 16, sampleFormat: 2 })), { name: 'signed', value: '16' }],
  ['floating point', writeTiff(page({ bits: 32, sampleFormat: 3 })), { name: 'floating_point' }],
  ['lossless JPEG', jpeg(0xc3, 8), { name: 'compression', value: 'lossless JPEG' }],
  ['JPEG of 12 bits', jpeg(0xc1, 12), { name: 'sample_bits', value: '12' }],
])('%s is named, and nothing is called damaged', async (_name, bytes, skipCause) => {
  expect(await refusalOf(bytes)).toMatchObject({ reason: 'unsupported_kind', skipCause })
})

describe('pages', () => {
  const thumbnail = page({ width: 2, height: 2, newSubfileType: 1 })
  const large = page({ width: 16, height: 16, pixels: Buffer.alloc(256, 9) })
  const mask = page({ width: 64, height: 64, newSubfileType: 4, pixels: Buffer.alloc(4096) })

  test.each([
    ['the first of equals', [page(), page(), page()], 0],
    ['the picture behind its thumbnail', [thumbnail, large], 1],
    ['no mask, however large', [mask, page()], 1],
  ])('of several, it is %s', async (_name, pages, taken) => {
    const { width, height } = pages[taken] ?? page()
    expect(await openSource(writeTiff(...pages))).toMatchObject({ pages: pages.length, page: taken, width, height })
  })

  test('in a circle are counted once', async () => {
    const bytes = writeTiff(page())
    const first = bytes.readUInt32LE(4)
    bytes.writeUInt32LE(first, bytes.length - 4)
    expect(await openSource(bytes).catch((thrown: unknown) => thrown)).toMatchObject({ page: 0 })
  })
})

test.each([
  [4095, 12],
  [65_535, 16],
  // Of one picture, not of its camera.
  [3891, null],
  [0, null],
])('a largest value of %i declares %s bits', async (maxSampleValue, declaredBits) => {
  const bytes = writeTiff(page({ bits: 16, maxSampleValue }))
  expect((await openSource(bytes)).deep).toEqual({ containerBits: 16, declaredBits, isWhiteZero: false })
})
