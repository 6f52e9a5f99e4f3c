import sharp from 'sharp'
import type { Sharp } from 'sharp'
import type { Fit } from '../../contract/dataset.ts'
import type { OriginalKind } from '../../contract/originals.ts'
import type { Channels } from '../../contract/project.ts'
import { decodeBmp, readBmpHeader } from './decode-bmp.ts'
import { FileRefusal } from './file-refusal.ts'
import { sniffFormat } from './sniff-format.ts'

/** Larger pictures are refused before they are decoded: a file of a few kilobytes can unfold to gigabytes. */
export const maxPixels = 120_000_000
const timeoutSeconds = 60

interface NormalForm {
  /** Pixels per edge. */
  readonly size: number
  readonly channels: Channels
  readonly fit: Fit
}

interface NormalImage {
  /** 8-bit, size × size, grey or RGB, without metadata; equal pixels give equal bytes. */
  readonly png: Buffer
  /** Of the source, upright. */
  readonly sourceWidth: number
  readonly sourceHeight: number
  readonly kind: OriginalKind
  /** Every reader of class folders sees the file as Flawsmith does: a kind that all know, 8 bit, upright, opaque, one picture. */
  readonly isPlain: boolean
}

/** What both torchvision's and Keras' readers of class folders take. */
const knownToAll: ReadonlySet<OriginalKind> = new Set(['png', 'jpeg', 'bmp'])

const resizeModes = { crop: 'cover', letterbox: 'contain', stretch: 'fill' } as const

/**
 * Decodes the first frame of a PNG, JPEG, BMP, TIFF, WebP or GIF file, turns it upright and brings it to the form of
 * the project. Transparent parts and letterbox bars become black. Throws `FileRefusal`.
 */
export async function normalizeImage(bytes: Buffer, { size, channels, fit }: NormalForm): Promise<NormalImage> {
  if (bytes.length === 0)
    throw new FileRefusal({ reason: 'empty_file', detail: '0 bytes', skipCause: { name: 'file_size', bytes: 0 } })
  const format = sniffFormat(bytes)
  if (format === null)
    throw new FileRefusal({
      reason: 'not_an_image',
      detail: 'not PNG, JPEG, BMP, TIFF, WebP or GIF',
      skipCause: { name: 'unknown_format' },
    })
  const { pixels, width, height, isPlain } = format === 'bmp' ? openBmp(bytes) : await openWithSharp(bytes)
  try {
    const png = await pixels
      .resize(size, size, { fit: resizeModes[fit], background: '#000' })
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      .png({ compressionLevel: 6, adaptiveFiltering: false, palette: false })
      .timeout({ seconds: timeoutSeconds })
      .toBuffer()
    return { png, sourceWidth: width, sourceHeight: height, kind: format, isPlain: isPlain && knownToAll.has(format) }
  } catch (cause) {
    throw asRefusal(cause)
  }
}

interface OpenedImage {
  readonly pixels: Sharp
  readonly width: number
  readonly height: number
  readonly isPlain: boolean
}

function openBmp(bytes: Buffer): OpenedImage {
  const header = readBmpHeader(bytes)
  const { width, height } = header
  assertDimensions(width, height)
  const pixels = sharp(decodeBmp(bytes, header), { raw: { width, height, channels: 4 } }).removeAlpha()
  return { pixels, width, height, isPlain: true }
}

async function openWithSharp(bytes: Buffer): Promise<OpenedImage> {
  // The limit is checked below, where the size can be named.
  const source = sharp(bytes, { failOn: 'error', limitInputPixels: false, autoOrient: true })
  let metadata
  try {
    metadata = await source.metadata()
  } catch (cause) {
    throw asRefusal(cause)
  }
  const { width, height } = metadata.autoOrient
  assertDimensions(width, height)
  if (metadata.depth === 'float' || metadata.depth === 'double')
    throw new FileRefusal({
      reason: 'not_an_image',
      detail: 'floating-point pixels: convert to 8 or 16 bits first',
      skipCause: { name: 'floating_point' },
    })
  const pixels = metadata.hasAlpha ? source.flatten({ background: '#000' }) : source
  const isPlain =
    metadata.depth === 'uchar' &&
    !metadata.hasAlpha &&
    (metadata.orientation ?? 1) === 1 &&
    (metadata.pages ?? 1) === 1 &&
    (metadata.space === 'srgb' || metadata.space === 'b-w')
  return { pixels: metadata.depth === 'ushort' ? await spreadDepth(pixels) : pixels, width, height, isPlain }
}

/**
 * Cameras of 10 or 12 bits write 16-bit files whose upper bits are empty: read as they are they would be black.
 * A true 16-bit picture never stays under 1/16 of its range unless it is black anyway.
 */
async function spreadDepth(pixels: Sharp): Promise<Sharp> {
  const { channels } = await pixels
    .clone()
    .stats()
    .catch((cause: unknown) => {
      throw asRefusal(cause)
    })
  const brightest = Math.max(...channels.map((channel) => channel.max))
  if (brightest > 4095 || brightest <= 255) return pixels
  return pixels.linear(brightest <= 1023 ? 64 : 16, 0)
}

function assertDimensions(width: number, height: number): void {
  const reason = width <= 0 || height <= 0 ? 'corrupt' : width * height > maxPixels ? 'too_many_pixels' : null
  if (reason === null) return
  throw new FileRefusal({
    reason,
    detail: `${width} × ${height} pixels`,
    skipCause: { name: 'pixel_size', width, height },
  })
}

const asRefusal = (cause: unknown): FileRefusal =>
  cause instanceof FileRefusal
    ? cause
    : new FileRefusal(
        {
          reason: 'corrupt',
          detail: (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? '',
          skipCause: { name: 'decoder' },
        },
        { cause },
      )
