/** A bitmap with a 40-byte header whose pixels are the grey values given, rows from the top. */
export function encodeBmp(
  rows: readonly (readonly number[])[],
  { bitsPerPixel, isTopDown = false }: { readonly bitsPerPixel: 1 | 8 | 24 | 32; readonly isTopDown?: boolean },
): Buffer {
  const height = rows.length
  const width = rows[0]?.length ?? 0
  const paletteColours = bitsPerPixel === 1 ? 2 : bitsPerPixel === 8 ? 256 : 0
  const rowBytes = Math.ceil((width * bitsPerPixel) / 32) * 4
  const pixelsAt = 54 + paletteColours * 4
  const bytes = Buffer.alloc(pixelsAt + rowBytes * height)
  bytes.write('BM')
  bytes.writeUInt32LE(bytes.length, 2)
  bytes.writeUInt32LE(pixelsAt, 10)
  bytes.writeUInt32LE(40, 14)
  bytes.writeInt32LE(width, 18)
  bytes.writeInt32LE(isTopDown ? -height : height, 22)
  bytes.writeUInt16LE(1, 26)
  bytes.writeUInt16LE(bitsPerPixel, 28)
  for (let i = 0; i < paletteColours; i++) {
    const grey = paletteColours === 2 ? i * 255 : i
    bytes.set([grey, grey, grey, 0], 54 + i * 4)
  }
  rows.forEach((row, y) => {
    const start = pixelsAt + rowBytes * (isTopDown ? y : height - 1 - y)
    row.forEach((grey, x) => {
      if (bitsPerPixel === 1) {
        if (grey > 127) bytes[start + (x >> 3)] = (bytes[start + (x >> 3)] ?? 0) | (0x80 >> (x & 7))
      } else if (bitsPerPixel === 8) bytes[start + x] = grey
      else bytes.set([grey, grey, grey], start + (x * bitsPerPixel) / 8)
    })
  })
  return bytes
}
