import { FileRefusal } from '../file-refusal.ts'
import { decodeRunLengths } from './decode-run-lengths.ts'
import { damaged } from './read-bitmap-header.ts'
import type { BitmapHeader, ChannelMask } from './read-bitmap-header.ts'

/**
 * RGB pixels [height, width, 3] from the top. The fourth byte of 32-bit pixels is padding in most bitmaps and means
 * nothing here. Memory: three bytes a pixel, and one more for run lengths; the caller has bounded the size.
 * @throws FileRefusal where the file is shorter than its picture
 */
export function decodeBitmap(bytes: Buffer, header: BitmapHeader): Uint8Array {
  if (header.isRunLength) {
    const indices = decodeRunLengths(bytes, header)
    if (indices === null) throw cutShort(bytes, header.claimedBytes)
    return colourIndices(indices, header)
  }
  const { width, height, bitsPerPixel, isTopDown, pixelsAt } = header
  const usedBytes = Math.ceil((width * bitsPerPixel) / 8)
  const rowBytes = Math.ceil(usedBytes / 4) * 4
  // Some writers leave out what fills up the last row.
  const needed = pixelsAt + rowBytes * (height - 1) + usedBytes
  if (needed > bytes.length) throw cutShort(bytes, needed)
  const pixels = new Uint8Array(width * height * 3)
  const readRow = rowReader(bytes, header)
  for (let y = 0; y < height; y++)
    readRow({ from: pixelsAt + rowBytes * (isTopDown ? y : height - 1 - y), into: pixels, at: y * width * 3 })
  return pixels
}

type RowReader = (row: { readonly from: number; readonly into: Uint8Array; readonly at: number }) => void

function rowReader(bytes: Buffer, header: BitmapHeader): RowReader {
  const { width, bitsPerPixel, masks } = header
  if (bitsPerPixel <= 8) return indexRowReader(bytes, header)
  if (bitsPerPixel === 24)
    return ({ from, into, at }) => {
      for (let x = 0; x < width; x++) {
        into[at + x * 3] = bytes[from + x * 3 + 2] ?? 0
        into[at + x * 3 + 1] = bytes[from + x * 3 + 1] ?? 0
        into[at + x * 3 + 2] = bytes[from + x * 3] ?? 0
      }
    }
  const pixelBytes = bitsPerPixel / 8
  const [red, green, blue] = masks
  return ({ from, into, at }) => {
    for (let x = 0; x < width; x++) {
      const pixel = pixelBytes === 2 ? bytes.readUInt16LE(from + x * 2) : bytes.readUInt32LE(from + x * 4)
      into[at + x * 3] = scaled(pixel, red)
      into[at + x * 3 + 1] = scaled(pixel, green)
      into[at + x * 3 + 2] = scaled(pixel, blue)
    }
  }
}

function indexRowReader(bytes: Buffer, { width, bitsPerPixel, palette }: BitmapHeader): RowReader {
  const perByte = 8 / bitsPerPixel
  const mask = 2 ** bitsPerPixel - 1
  return ({ from, into, at }) => {
    for (let x = 0; x < width; x++) {
      const byte = bytes[from + Math.floor(x / perByte)] ?? 0
      const index = (byte >> (8 - bitsPerPixel * ((x % perByte) + 1))) & mask
      into[at + x * 3] = palette[index * 3] ?? 0
      into[at + x * 3 + 1] = palette[index * 3 + 1] ?? 0
      into[at + x * 3 + 2] = palette[index * 3 + 2] ?? 0
    }
  }
}

const scaled = (pixel: number, { shift, largest }: ChannelMask): number =>
  largest === 0 ? 0 : Math.round((((pixel >>> shift) & largest) >>> 0) * (255 / largest))

function colourIndices(indices: Uint8Array, { palette }: BitmapHeader): Uint8Array {
  const pixels = new Uint8Array(indices.length * 3)
  indices.forEach((index, i) => {
    pixels[i * 3] = palette[index * 3] ?? 0
    pixels[i * 3 + 1] = palette[index * 3 + 1] ?? 0
    pixels[i * 3 + 2] = palette[index * 3 + 2] ?? 0
  })
  return pixels
}

const cutShort = (bytes: Buffer, needed: number): FileRefusal =>
  needed > bytes.length
    ? new FileRefusal({
        reason: 'corrupt',
        detail: `the file ends early: ${bytes.length} of ${needed} bytes`,
        skipCause: { name: 'cut_short', bytes: bytes.length, needed },
      })
    : damaged('its code ends before its picture')
