import type { BitmapHeader } from './read-bitmap-header.ts'

/**
 * Palette indices [height, width] from the top of a bitmap coded as RLE8 or RLE4; pixels that the code passes over have
 * index 0. Null where the code ends before the picture does.
 * Source: Microsoft, "Bitmap Compression".
 */
export function decodeRunLengths(
  bytes: Buffer,
  { width, height, bitsPerPixel, pixelsAt }: BitmapHeader,
): Uint8Array | null {
  const indices = new Uint8Array(width * height)
  const isNibbles = bitsPerPixel === 4
  let at = pixelsAt
  let x = 0
  // Rows come from the bottom.
  let row = 0
  const put = (index: number): void => {
    if (x < width && row < height) indices[(height - 1 - row) * width + x] = index
    x++
  }
  // Many writers leave the end of the bitmap out after its last row.
  const isComplete = (): boolean => row >= height || (row === height - 1 && x >= width)

  while (at + 1 < bytes.length) {
    const count = bytes[at] ?? 0
    const value = bytes[at + 1] ?? 0
    at += 2
    if (count > 0) {
      for (let k = 0; k < count && x < width; k++) put(isNibbles ? (k % 2 === 0 ? value >> 4 : value & 15) : value)
    } else if (value === 0) {
      x = 0
      row++
    } else if (value === 1) {
      return indices
    } else if (value === 2) {
      if (at + 1 >= bytes.length) break
      x += bytes[at] ?? 0
      row += bytes[at + 1] ?? 0
      at += 2
    } else {
      const codedBytes = isNibbles ? Math.ceil(value / 2) : value
      if (at + codedBytes > bytes.length) break
      for (let k = 0; k < value; k++) {
        const coded = bytes[at + (isNibbles ? k >> 1 : k)] ?? 0
        put(isNibbles ? (k % 2 === 0 ? coded >> 4 : coded & 15) : coded)
      }
      // Literal pixels fill whole words.
      at += codedBytes + (codedBytes % 2)
    }
    if (row > height) break
  }
  return isComplete() ? indices : null
}
