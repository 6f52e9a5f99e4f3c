import { deflateSync, crc32 } from 'node:zlib'
import sharp from 'sharp'

/** Grey noise-free test picture: a diagonal ramp, so that every rotation and crop shows. */
export function rampPixels(width: number, height: number, start = 0): Buffer {
  const pixels = Buffer.alloc(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      pixels[y * width + x] = (start + Math.round((x * 140) / width + (y * 100) / height)) & 255
  return pixels
}

export const rampPng = (width: number, height = width, start = 0): Promise<Buffer> =>
  sharp(rampPixels(width, height, start), { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer()

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const chunk = Buffer.alloc(body.length + 8)
  chunk.writeUInt32BE(data.length, 0)
  body.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(body), body.length + 4)
  return chunk
}

/** A PNG file written by hand, so that its depth and its claims are exactly what the test says. */
export function rawPng(
  { width, height, depth }: { readonly width: number; readonly height: number; readonly depth: 8 | 16 },
  rows: Buffer,
  ...chunks: readonly (readonly [type: string, data: Buffer])[]
): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([depth, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    ...chunks.map(([type, data]) => pngChunk(type, data)),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

/** A small file that says it holds 30000 × 30000 pixels. */
export const pixelBomb = (): Buffer => rawPng({ width: 30_000, height: 30_000, depth: 8 }, Buffer.alloc(1_000_000))

/** 16-bit grey, every pixel `value`. */
export const png16 = (size: number, value: number): Buffer => png16WithChunk({ size, value })

/** The same with chunks before its pixels. */
export function png16WithChunk(
  { size, value }: { readonly size: number; readonly value: number },
  ...chunks: readonly (readonly [type: string, data: Buffer])[]
): Buffer {
  const rows = Buffer.alloc(size * (1 + size * 2))
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) rows.writeUInt16BE(value, y * (1 + size * 2) + 1 + x * 2)
  return rawPng({ width: size, height: size, depth: 16 }, rows, ...chunks)
}

let drawn = 0
/** A picture no other call gives: its number is written in its pixels as bright and dark bars. */
export function distinctPng(): Promise<Buffer> {
  const pixels = rampPixels(40, 40)
  for (let bit = 0; bit < 16; bit++) pixels.fill(((drawn >> bit) & 1) * 255, (8 + bit) * 40 + 4, (8 + bit) * 40 + 36)
  drawn++
  return sharp(pixels, { raw: { width: 40, height: 40, channels: 1 } })
    .png()
    .toBuffer()
}
