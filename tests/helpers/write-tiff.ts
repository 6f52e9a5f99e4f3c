/** One page of an uncompressed TIFF file, whatever its tags claim. */
export interface TiffPageToWrite {
  readonly width: number
  readonly height: number
  readonly bits: number
  readonly samplesPerPixel?: number
  readonly photometric?: number
  readonly compression?: number
  readonly sampleFormat?: number
  readonly maxSampleValue?: number
  readonly newSubfileType?: number
  readonly pixels: Buffer
}

/** Little-endian, one strip a page. */
export function writeTiff(...pages: readonly TiffPageToWrite[]): Buffer {
  const header = Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0])
  const parts: Buffer[] = [header]
  let length = header.length
  // Where the offset of the next directory stands.
  let link: { readonly part: Buffer; readonly at: number } = { part: header, at: 4 }
  for (const page of pages) {
    const pixelsAt = length
    parts.push(page.pixels)
    length += page.pixels.length
    const directory = directoryOf(page, pixelsAt)
    link.part.writeUInt32LE(length, link.at)
    link = { part: directory, at: directory.length - 4 }
    parts.push(directory)
    length += directory.length
  }
  return Buffer.concat(parts)
}

const short = 3
const long = 4

function directoryOf(page: TiffPageToWrite, pixelsAt: number): Buffer {
  const { width, height, bits, samplesPerPixel = 1, photometric = 1, compression = 1, sampleFormat = 1 } = page
  const entries: readonly (readonly [tag: number, type: number, value: number])[] = [
    [254, long, page.newSubfileType ?? 0],
    [256, long, width],
    [257, long, height],
    [258, short, bits],
    [259, short, compression],
    [262, short, photometric],
    [273, long, pixelsAt],
    [277, short, samplesPerPixel],
    [278, long, height],
    [279, long, page.pixels.length],
    ...(page.maxSampleValue === undefined ? [] : [[281, short, page.maxSampleValue] as const]),
    [339, short, sampleFormat],
  ]
  const bytes = Buffer.alloc(2 + entries.length * 12 + 4)
  bytes.writeUInt16LE(entries.length, 0)
  entries.forEach(([tag, type, value], index) => {
    const at = 2 + index * 12
    bytes.writeUInt16LE(tag, at)
    bytes.writeUInt16LE(type, at + 2)
    bytes.writeUInt32LE(1, at + 4)
    bytes.writeUInt32LE(value, at + 8)
  })
  return bytes
}
