import sharp from 'sharp'
import type { Metadata, Sharp, SharpOptions } from 'sharp'
import type { OriginalKind } from '../../contract/originals.ts'
import { decodeBitmap } from './bitmap/decode-bitmap.ts'
import { readBitmapHeader } from './bitmap/read-bitmap-header.ts'
import { asRefusal, FileRefusal } from './file-refusal.ts'
import { maxPixels } from './max-pixels.ts'
import { readJpegFrame } from './read-jpeg-frame.ts'
import { readPngHeader } from './read-png-header.ts'
import { assertReadableJpeg, assertReadableTiff } from './readable-kinds.ts'
import { readTiffPages } from './read-tiff-pages.ts'
import type { TiffPage } from './read-tiff-pages.ts'
import { sniffFormat } from './sniff-format.ts'

/** Samples of more than 8 bits. */
export interface DeepFacts {
  readonly containerBits: 16 | 32
  /** How many of them hold the brightness, where the file says so. */
  readonly declaredBits: number | null
  readonly isWhiteZero: boolean
}

export interface Source {
  readonly kind: OriginalKind
  /** Upright. */
  readonly width: number
  readonly height: number
  readonly pages: number
  /** The one that is read, from 0. */
  readonly page: number
  /** Null where 8 bits or fewer a channel. */
  readonly deep: DeepFacts | null
  /**
   * Every reader of class folders sees the file as Flawsmith does: a kind that all know (PNG, JPEG, BMP), 8 bits, upright,
   * opaque, grey or RGB, one picture.
   */
  readonly isPlain: boolean
  /** Upright when it is decoded, with what transparency there is; colours as they are coded, but for CMYK. */
  readonly pixels: () => Sharp
}

/**
 * Reads what stands before the pixels of a PNG, JPEG, BMP, TIFF, WebP or GIF file. Of several pages the largest is
 * taken, of several frames the first. Throws `FileRefusal`.
 */
export async function openSource(bytes: Buffer): Promise<Source> {
  if (bytes.length === 0)
    throw new FileRefusal({ reason: 'empty_file', detail: '0 bytes', skipCause: { name: 'file_size', bytes: 0 } })
  const kind = sniffFormat(bytes)
  switch (kind) {
    case null:
      throw new FileRefusal({
        reason: 'not_an_image',
        detail: 'not PNG, JPEG, BMP, TIFF, WebP or GIF',
        skipCause: { name: 'unknown_format' },
      })
    case 'bmp':
      return openBitmap(bytes)
    case 'jpeg':
      return openJpeg(bytes)
    case 'png':
      return openPng(bytes)
    case 'tiff':
      return openTiff(bytes)
    case 'webp':
    case 'gif': {
      const { autoOrient, pages = 1 } = await metadataOf(bytes)
      return sourceOf(bytes, { kind, ...autoOrient, pages, deep: null, isPlain: false })
    }
  }
}

function openBitmap(bytes: Buffer): Source {
  const header = readBitmapHeader(bytes)
  const { width, height } = header
  assertDimensions({ width, height })
  const pixels = (): Sharp => sharp(decodeBitmap(bytes, header), { raw: { width, height, channels: 3 } })
  return { kind: 'bmp', width, height, pages: 1, page: 0, deep: null, isPlain: true, pixels }
}

async function openJpeg(bytes: Buffer): Promise<Source> {
  const frame = readJpegFrame(bytes)
  if (frame !== null) assertReadableJpeg(frame)
  const facts = { kind: 'jpeg', pages: 1, deep: null } as const
  // Without Exif it is upright, and all is said that the decoder could say.
  if (frame !== null && !frame.hasExif && frame.components !== 4) {
    const { width, height } = frame
    return sourceOf(bytes, { ...facts, width, height, isPlain: true })
  }
  const { autoOrient, orientation = 1, space } = await metadataOf(bytes)
  const isCmyk = space === 'cmyk'
  return sourceOf(bytes, { ...facts, ...autoOrient, isPlain: orientation === 1 && !isCmyk, isCmyk })
}

async function openPng(bytes: Buffer): Promise<Source> {
  const header = readPngHeader(bytes)
  // It ends before its pixels: the decoder says so.
  if (header === null) return sourceOf(bytes, { kind: 'png', ...(await metadataOf(bytes)).autoOrient, ...unknownPng })
  const { bitDepth, significantBits, frames, hasAlpha, mayHaveExif } = header
  const { autoOrient, orientation = 1 } = mayHaveExif ? await metadataOf(bytes) : { autoOrient: header }
  const { width, height } = autoOrient
  const isDeep = bitDepth === 16
  return sourceOf(bytes, {
    kind: 'png',
    width,
    height,
    pages: frames,
    deep: isDeep ? { containerBits: 16, declaredBits: significantBits, isWhiteZero: false } : null,
    isPlain: !isDeep && !hasAlpha && orientation === 1 && frames === 1,
  })
}

const unknownPng = { pages: 1, deep: null, isPlain: false } as const

async function openTiff(bytes: Buffer): Promise<Source> {
  const pages = readTiffPages(bytes)
  const page = largestPage(pages)
  const tags = pages[page]
  if (tags !== undefined) assertReadableTiff(tags)
  const { autoOrient, space, pages: counted = 1 } = await metadataOf(bytes, { page })
  return sourceOf(bytes, {
    kind: 'tiff',
    ...autoOrient,
    pages: Math.max(pages.length, counted),
    page,
    deep: tags === undefined ? null : deepFactsOf(tags),
    isPlain: false,
    isCmyk: space === 'cmyk',
  })
}

function largestPage(pages: readonly TiffPage[]): number {
  const area = ({ width, height, isMask }: TiffPage): number => (isMask ? 0 : width * height)
  return pages.reduce((best, page, index) => {
    const leading = pages[best]
    return leading !== undefined && area(page) > area(leading) ? index : best
  }, 0)
}

function deepFactsOf({ bitsPerSample, photometric, maxSampleValue }: TiffPage): DeepFacts | null {
  if (bitsPerSample !== 16 && bitsPerSample !== 32) return null
  return { containerBits: bitsPerSample, declaredBits: bitsBelow(maxSampleValue), isWhiteZero: photometric === 0 }
}

/** Of 2ⁿ − 1, n; any other largest value describes one picture and not the camera. */
function bitsBelow(maxSampleValue: number | null): number | null {
  const bits = Math.log2((maxSampleValue ?? 0) + 1)
  return bits > 0 && Number.isInteger(bits) ? bits : null
}

interface Facts extends Omit<Source, 'page' | 'pixels'> {
  readonly page?: number
  readonly isCmyk?: boolean
}

function sourceOf(bytes: Buffer, { page = 0, isCmyk = false, ...facts }: Facts): Source {
  assertDimensions(facts)
  const { kind, width, height, pages, deep, isPlain } = facts
  // Colour profiles say how CMYK is meant, and nothing else here: what learns from pictures reads them as they are coded.
  const pixels = (): Sharp => openWithDecoder(bytes, { page, ignoreIcc: !isCmyk })
  return { kind, width, height, pages, page, deep, isPlain, pixels }
}

const openWithDecoder = (bytes: Buffer, options: SharpOptions): Sharp =>
  // The limit is checked here, where the size can be named.
  sharp(bytes, { failOn: 'error', limitInputPixels: false, autoOrient: true, ...options })

async function metadataOf(bytes: Buffer, options: SharpOptions = {}): Promise<Metadata> {
  try {
    return await openWithDecoder(bytes, options).metadata()
  } catch (cause) {
    throw asRefusal(cause)
  }
}

function assertDimensions({ width, height }: { readonly width: number; readonly height: number }): void {
  const reason = width <= 0 || height <= 0 ? 'corrupt' : width * height > maxPixels ? 'too_many_pixels' : null
  if (reason === null) return
  throw new FileRefusal({
    reason,
    detail: `${width} × ${height} pixels`,
    skipCause: { name: 'pixel_size', width, height },
  })
}
