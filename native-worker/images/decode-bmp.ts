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
  if (bytes.length < 26) throw new FileRefusal('corrupt', 'the file ends inside its header')
  const pixelsAt = bytes.readUInt32LE(10)
  if (bytes.readUInt32LE(14) === 12)
    return {
      width: bytes.readUInt16LE(18),
      height: bytes.readUInt16LE(20),
      bitsPerPixel: bytes.readUInt16LE(24),
      isRunLength: false,
      pixelsAt,
    }
  if (bytes.length < 34) throw new FileRefusal('corrupt', 'the file ends inside its header')
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
  if (!isRunLength && pixelsAt + rowBytes * height > bytes.length)
    throw new FileRefusal('corrupt', `the file ends early: ${bytes.length} of ${pixelsAt + rowBytes * height} bytes`)
  let image
  try {
    image = decode(bytes)
  } catch (cause) {
    throw new FileRefusal('corrupt', 'damaged bitmap', { cause })
  }
  const { data } = image
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}
