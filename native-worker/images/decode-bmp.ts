import { decode } from '@cwasm/nsbmp'
import { FileRefusal } from './file-refusal.ts'

interface BmpHeader {
  readonly width: number
  readonly height: number
  readonly bitsPerPixel: number
  readonly isRunLength: boolean
  readonly pixelsAt: number
}

export function readBmpHeader(bytes: Buffer): BmpHeader {
  if (bytes.length < 26)
    throw new FileRefusal({
      reason: 'corrupt',
      detail: 'the file ends inside its header',
      skipCause: { name: 'header_cut' },
    })
  const pixelsAt = bytes.readUInt32LE(10)
  if (bytes.readUInt32LE(14) === 12)
    return {
      width: bytes.readUInt16LE(18),
      height: bytes.readUInt16LE(20),
      bitsPerPixel: bytes.readUInt16LE(24),
      isRunLength: false,
      pixelsAt,
    }
  if (bytes.length < 34)
    throw new FileRefusal({
      reason: 'corrupt',
      detail: 'the file ends inside its header',
      skipCause: { name: 'header_cut' },
    })
  const compression = bytes.readUInt32LE(30)
  return {
    width: bytes.readInt32LE(18),
    // Negative where the rows are stored from the top.
    height: Math.abs(bytes.readInt32LE(22)),
    bitsPerPixel: bytes.readUInt16LE(28),
    isRunLength: compression === 1 || compression === 2,
    pixelsAt,
  }
}

/** Pixels [height, width, 4]; the fourth channel is padding in most bitmaps and means nothing here. */
export function decodeBmp(
  bytes: Buffer,
  { width, height, bitsPerPixel, isRunLength, pixelsAt }: BmpHeader,
): Uint8Array {
  const rowBytes = Math.ceil((width * bitsPerPixel) / 32) * 4
  const needed = pixelsAt + rowBytes * height
  if (!isRunLength && needed > bytes.length)
    throw new FileRefusal({
      reason: 'corrupt',
      detail: `the file ends early: ${bytes.length} of ${needed} bytes`,
      skipCause: { name: 'cut_short', bytes: bytes.length, needed },
    })
  let image
  try {
    image = decode(bytes)
  } catch (cause) {
    throw new FileRefusal({ reason: 'corrupt', detail: 'damaged bitmap', skipCause: { name: 'bitmap' } }, { cause })
  }
  const { data } = image
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}
