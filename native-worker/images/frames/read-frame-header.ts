import { open, stat } from 'node:fs/promises'
import sharp from 'sharp'
import { maxFrameBytes, maxFramePixels } from '../../../contract/large-frames.ts'
import type { OriginalKind } from '../../../contract/originals.ts'
import { readBitmapHeader } from '../bitmap/read-bitmap-header.ts'
import { FileRefusal } from '../file-refusal.ts'
import { maxPixels } from '../max-pixels.ts'
import { sniffFormat } from '../sniff-format.ts'
import { asDecoderRefusal } from './decoder-refusal.ts'

export interface FrameHeader {
  readonly kind: OriginalKind
  /** Upright. */
  readonly width: number
  readonly height: number
  readonly bits: 8 | 16
  readonly hasAlpha: boolean
  readonly isCmyk: boolean
  /** Its pixels are grey as they are coded. */
  readonly isGrey: boolean
  /** Every reader of class folders sees the file as it is shown here: 8 bit, upright, opaque, one picture, of a kind that all know. */
  readonly isPlain: boolean
}

/**
 * What a frame is, by its first bytes. Kinds that can be read from top to bottom may have up to 400 million pixels (20,000 × 20,000);
 * those of which every reader needs the whole in memory – BMP, WebP, GIF, interlaced PNG, progressive JPEG, pictures that are to be
 * turned upright – up to 120 million. Throws `FileRefusal`.
 */
export async function readFrameHeader(file: string): Promise<FrameHeader> {
  const head = await readStart(file)
  const kind = sniffFormat(head)
  if (kind === null)
    throw new FileRefusal({
      reason: 'not_an_image',
      detail: 'not PNG, JPEG, BMP, TIFF, WebP or GIF',
      skipCause: { name: 'unknown_format' },
    })
  if (kind === 'bmp') {
    const { width, height } = readBitmapHeader(head)
    assertSize({ width, height, needsWhole: true })
    return { kind, width, height, bits: 8, hasAlpha: false, isCmyk: false, isGrey: false, isPlain: true }
  }
  let metadata
  try {
    metadata = await sharp(file, { limitInputPixels: false, autoOrient: true }).metadata()
  } catch (cause) {
    throw asDecoderRefusal(cause)
  }
  if (metadata.depth === 'float' || metadata.depth === 'double')
    throw new FileRefusal({
      reason: 'unsupported_kind',
      detail: 'floating-point pixels: convert to 8 or 16 bits first',
      skipCause: { name: 'floating_point' },
    })
  if (metadata.depth !== 'uchar' && metadata.depth !== 'ushort')
    throw new FileRefusal({
      reason: 'unsupported_kind',
      detail: `pixels of the kind “${metadata.depth}”: convert to 8 or 16 bits first`,
      skipCause: { name: 'decoder' },
    })
  const { width, height } = metadata.autoOrient
  const isTurned = (metadata.orientation ?? 1) > 1
  const needsWhole = isTurned || metadata.isProgressive || kind === 'webp' || kind === 'gif'
  assertSize({ width, height, needsWhole })
  const { hasAlpha } = metadata
  const bits = metadata.depth === 'uchar' ? 8 : 16
  const isPlain =
    bits === 8 &&
    !hasAlpha &&
    !isTurned &&
    (metadata.pages ?? 1) === 1 &&
    (metadata.space === 'srgb' || metadata.space === 'b-w') &&
    (kind === 'png' || kind === 'jpeg')
  return {
    kind,
    width,
    height,
    bits,
    hasAlpha,
    isCmyk: metadata.space === 'cmyk',
    isGrey: metadata.space === 'b-w',
    isPlain,
  }
}

/** Enough for every header that is read here; the rest is read by the decoders. */
const startBytes = 4096

async function readStart(file: string): Promise<Buffer> {
  try {
    const found = await stat(file)
    // A pipe would wait for ever.
    if (!found.isFile())
      throw new FileRefusal({ reason: 'unreadable', detail: 'not a regular file', skipCause: { name: 'not_a_file' } })
    if (found.size === 0)
      throw new FileRefusal({ reason: 'empty_file', detail: '0 bytes', skipCause: { name: 'file_size', bytes: 0 } })
    if (found.size > maxFrameBytes)
      throw new FileRefusal({
        reason: 'too_many_pixels',
        detail: `a file of ${found.size} bytes`,
        skipCause: { name: 'file_size', bytes: found.size },
      })
    const handle = await open(file, 'r')
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(startBytes), 0, startBytes, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (thrown) {
    if (thrown instanceof FileRefusal) throw thrown
    throw new FileRefusal(
      {
        reason: 'unreadable',
        detail: (thrown as NodeJS.ErrnoException).code ?? String(thrown),
        skipCause: { name: 'system' },
      },
      { cause: thrown },
    )
  }
}

function assertSize({
  width,
  height,
  needsWhole,
}: {
  readonly width: number
  readonly height: number
  readonly needsWhole: boolean
}): void {
  const most = needsWhole ? maxPixels : maxFramePixels
  const reason = width <= 0 || height <= 0 ? 'corrupt' : width * height > most ? 'too_many_pixels' : null
  if (reason === null) return
  throw new FileRefusal({
    reason,
    detail: `${width} × ${height} pixels`,
    skipCause: { name: 'pixel_size', width, height },
  })
}
