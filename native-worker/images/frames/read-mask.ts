import type { MaskBoxes } from '../../../contract/frame-images.ts'
import { maxPixels } from '../max-pixels.ts'
import { FileRefusal } from '../file-refusal.ts'
import { asDecoderRefusal } from './decoder-refusal.ts'
import { openFrame } from './frame-pixels.ts'
import { findParts } from './find-parts.ts'
import { readFrameHeader } from './read-frame-header.ts'
import { refusalAnswer } from './refusal-answer.ts'

/** JPEG is not exact: what should be 0 is not quite. */
const leastOfJpeg = 128

/** Boxes around the connected parts of a mask: pixels above 0, in JPEG files from 128. In a mask of 16 bits likewise. */
export async function readMask(file: string): Promise<MaskBoxes> {
  try {
    const header = await readFrameHeader(file)
    const { width, height } = header
    if (width * height > maxPixels)
      throw new FileRefusal({
        reason: 'too_many_pixels',
        detail: `${width} × ${height} pixels`,
        skipCause: { name: 'pixel_size', width, height },
      })
    const pixels = await openFrame(file, { header, channels: 1 })
    const bytes = await pixels
      .raw({ depth: header.bits === 8 ? 'uchar' : 'ushort' })
      .toBuffer()
      .catch((cause: unknown) => {
        throw asDecoderRefusal(cause)
      })
    const values = header.bits === 8 ? bytes : new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2)
    const least = header.kind === 'jpeg' ? leastOfJpeg : 1
    return { ok: true, width, height, boxes: findParts(values, { width, height, least }) }
  } catch (thrown) {
    return refusalAnswer(thrown)
  }
}
