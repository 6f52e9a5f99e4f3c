/*
 * Bitmaps of every good kind of Jason Summers' "bmpsuite", written byte by byte from one small picture, so that each has
 * known pixels.
 */

type Rgb = readonly [number, number, number]

export interface SuiteBitmap {
  readonly name: string
  readonly bytes: Buffer
  /** RGB, rows from the top. */
  readonly expected: readonly Rgb[][]
  readonly isRunLength: boolean
  /** Bytes at the end without which the picture is still whole. */
  readonly spareBytes: number
}

// Odd, so that rows need filling up at every depth.
const width = 13
const height = 7

interface Shape {
  readonly bits: number
  readonly headerBytes?: 12 | 16 | 40 | 52 | 56 | 64 | 108 | 124
  readonly compression?: number
  readonly masks?: readonly number[]
  readonly palette?: readonly Rgb[]
  readonly colours?: number
  readonly isTopDown?: boolean
  readonly pixels: Buffer
  readonly gap?: number
}

function assemble({
  bits,
  headerBytes = 40,
  compression = 0,
  masks = [],
  palette = [],
  colours = palette.length,
  isTopDown = false,
  pixels,
  gap = 0,
}: Shape): Buffer {
  const isCore = headerBytes === 12
  const header = Buffer.alloc(headerBytes)
  header.writeUInt32LE(headerBytes, 0)
  if (isCore) {
    header.writeUInt16LE(width, 4)
    header.writeUInt16LE(height, 6)
    header.writeUInt16LE(1, 8)
    header.writeUInt16LE(bits, 10)
  } else {
    header.writeInt32LE(width, 4)
    header.writeInt32LE(isTopDown ? -height : height, 8)
    header.writeUInt16LE(1, 12)
    header.writeUInt16LE(bits, 14)
    if (headerBytes >= 40) {
      header.writeUInt32LE(compression, 16)
      header.writeUInt32LE(pixels.length, 20)
      header.writeUInt32LE(colours, 32)
      if (headerBytes >= 52) masks.forEach((mask, index) => header.writeUInt32LE(mask >>> 0, 40 + index * 4))
    }
  }
  const maskBytes = Buffer.alloc(headerBytes === 40 ? masks.length * 4 : 0)
  if (headerBytes === 40) masks.forEach((mask, index) => maskBytes.writeUInt32LE(mask >>> 0, index * 4))
  const paletteBytes = Buffer.concat(
    palette.map(([red, green, blue]) => Buffer.from(isCore ? [blue, green, red] : [blue, green, red, 0])),
  )
  const fileHeader = Buffer.alloc(14)
  fileHeader.write('BM')
  const pixelsAt = 14 + headerBytes + maskBytes.length + paletteBytes.length + gap
  fileHeader.writeUInt32LE(pixelsAt + pixels.length, 2)
  fileHeader.writeUInt32LE(pixelsAt, 10)
  return Buffer.concat([fileHeader, header, maskBytes, paletteBytes, Buffer.alloc(gap), pixels])
}

const rowsOf = <Value>(value: (x: number, y: number) => Value): Value[][] =>
  Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => value(x, y)))

/** Rows from the bottom, each filled up to whole words. */
function packRows(
  rows: readonly (readonly number[])[],
  { bits, isTopDown = false }: { readonly bits: number; readonly isTopDown?: boolean },
): Buffer {
  const stride = Math.ceil((width * bits) / 32) * 4
  const packed = rows.map((row) => {
    const bytes = Buffer.alloc(stride)
    row.forEach((value, x) => {
      if (bits >= 16) bytes.writeUIntLE(value, (x * bits) / 8, bits / 8)
      else {
        const at = Math.floor((x * bits) / 8)
        bytes[at] = (bytes[at] ?? 0) | (value << (8 - bits - ((x * bits) % 8)))
      }
    })
    return bytes
  })
  return Buffer.concat(isTopDown ? packed : packed.reverse())
}

const spareOf = (bits: number): number => Math.ceil((width * bits) / 32) * 4 - Math.ceil((width * bits) / 8)

function indexed(name: string, shape: Omit<Shape, 'pixels'> & { readonly withoutLastFill?: boolean }): SuiteBitmap {
  const { bits, isTopDown = false, palette = [], withoutLastFill = false } = shape
  const indices = rowsOf((x, y) => (x * 3 + y * 5) % palette.length)
  const packed = packRows(indices, { bits, isTopDown })
  const spare = spareOf(bits)
  const pixels = withoutLastFill ? packed.subarray(0, packed.length - spare) : packed
  return {
    name,
    bytes: assemble({ ...shape, pixels }),
    expected: indices.map((row) => row.map((index) => palette[index] ?? [0, 0, 0])),
    isRunLength: false,
    spareBytes: withoutLastFill ? 0 : spare,
  }
}

function direct(
  name: string,
  shape: Omit<Shape, 'pixels'> & { readonly encode: (rgb: Rgb) => number; readonly decode: (rgb: Rgb) => Rgb },
): SuiteBitmap {
  const { bits, isTopDown = false, encode, decode } = shape
  const rgb = rowsOf((x, y): Rgb => [(x * 21 + 3) & 255, (y * 37 + 5) & 255, (x * y * 11 + 7) & 255])
  const pixels = packRows(
    rgb.map((row) => row.map(encode)),
    { bits, isTopDown },
  )
  return {
    name,
    bytes: assemble({ ...shape, pixels }),
    expected: rgb.map((row) => row.map(decode)),
    isRunLength: false,
    spareBytes: spareOf(bits),
  }
}

const colours = (count: number): Rgb[] =>
  Array.from({ length: count }, (_, index): Rgb => [
    (index * 53) & 255,
    (index * 91 + 17) & 255,
    (index * 29 + 99) & 255,
  ])
const greys = (count: number): Rgb[] =>
  Array.from({ length: count }, (_, index): Rgb => {
    const grey = Math.round((index * 255) / (count - 1))
    return [grey, grey, grey]
  })

const quantized =
  (bits: number) =>
  (value: number): number =>
    value >> (8 - bits)
const restored =
  (bits: number) =>
  (value: number): number =>
    Math.round((quantized(bits)(value) * 255) / (2 ** bits - 1))
const in555 = ([r, g, b]: Rgb): number => (quantized(5)(r) << 10) | (quantized(5)(g) << 5) | quantized(5)(b)
const in565 = ([r, g, b]: Rgb): number => (quantized(5)(r) << 11) | (quantized(6)(g) << 5) | quantized(5)(b)
const from555 = ([r, g, b]: Rgb): Rgb => [restored(5)(r), restored(5)(g), restored(5)(b)]
const from565 = ([r, g, b]: Rgb): Rgb => [restored(5)(r), restored(6)(g), restored(5)(b)]
const asTheyAre = (rgb: Rgb): Rgb => rgb
const in888 = ([r, g, b]: Rgb): number => r * 65536 + g * 256 + b
const swapped = ([r, g, b]: Rgb): number => b * 16777216 + g * 65536 + r * 256

/** A picture of stripes in RLE8 or RLE4: runs, literals, a row cut off early and a jump. */
function runLength(
  name: string,
  { bits, tail }: { readonly bits: 4 | 8; readonly tail: readonly number[] },
): SuiteBitmap {
  const palette = colours(16)
  const isNibbles = bits === 4
  const run = (count: number, index: number): number[] => [count, isNibbles ? index * 17 : index]
  const literal = (...indices: readonly number[]): number[] => {
    const coded = isNibbles
      ? Array.from(
          { length: Math.ceil(indices.length / 2) },
          (_, k) => ((indices[2 * k] ?? 0) << 4) | (indices[2 * k + 1] ?? 0),
        )
      : [...indices]
    return [0, indices.length, ...coded, ...(coded.length % 2 === 0 ? [] : [0])]
  }
  const endOfRow = [0, 0]
  const rows: number[][] = []
  const code: number[] = []
  // From the bottom: a run, a literal with filling, a row cut off, a jump over two rows, then runs to the top.
  rows.push(Array.from({ length: width }, () => 3))
  code.push(...run(width, 3), ...endOfRow)
  rows.push([...Array.from({ length: width - 5 }, () => 7), 1, 2, 3, 4, 5])
  code.push(...run(width - 5, 7), ...literal(1, 2, 3, 4, 5), ...endOfRow)
  rows.push([9, 9, 9, 9, ...Array.from({ length: width - 4 }, () => 0)])
  code.push(...run(4, 9), ...endOfRow)
  rows.push(Array.from({ length: width }, (_, x) => (x < 2 ? 8 : 0)))
  code.push(...run(2, 8), 0, 2, 3, 2)
  rows.push(Array.from({ length: width }, () => 0))
  rows.push(Array.from({ length: width }, (_, x) => (x < 5 ? 0 : 6)))
  code.push(...run(width - 5, 6), ...endOfRow)
  rows.push(Array.from({ length: width }, () => 12))
  code.push(...run(width, 12), ...tail)
  return {
    name,
    bytes: assemble({ bits, compression: bits === 8 ? 1 : 2, palette, pixels: Buffer.from(code) }),
    expected: rows.reverse().map((row) => row.map((index) => palette[index] ?? [0, 0, 0])),
    isRunLength: true,
    spareBytes: tail.length,
  }
}

const endOfBitmap = [0, 1]

export const bitmapSuite: readonly SuiteBitmap[] = [
  indexed('1 bit', { bits: 1, palette: greys(2) }),
  indexed('1 bit, white first', { bits: 1, palette: greys(2).reverse() }),
  indexed('1 bit, blue and yellow', {
    bits: 1,
    palette: [
      [64, 64, 255],
      [255, 255, 64],
    ],
  }),
  indexed('1 bit, OS/2 1', { bits: 1, headerBytes: 12, palette: colours(2) }),
  indexed('2 bits', { bits: 2, palette: colours(4) }),
  indexed('4 bits', { bits: 4, palette: colours(12) }),
  indexed('4 bits, greys', { bits: 4, palette: greys(16) }),
  indexed('4 bits, OS/2 1', { bits: 4, headerBytes: 12, palette: colours(16) }),
  indexed('8 bits, 252 colours', { bits: 8, palette: colours(252) }),
  indexed('8 bits, number of colours left out', { bits: 8, palette: colours(256), colours: 0 }),
  indexed('8 bits, greys', { bits: 8, palette: greys(256) }),
  indexed('8 bits from the top', { bits: 8, palette: colours(252), isTopDown: true }),
  indexed('8 bits, OS/2 1', { bits: 8, headerBytes: 12, palette: colours(256) }),
  indexed('8 bits, OS/2 2', { bits: 8, headerBytes: 64, palette: colours(252) }),
  indexed('8 bits, OS/2 2 of 16 bytes', { bits: 8, headerBytes: 16, palette: colours(256) }),
  indexed('8 bits, version 4', { bits: 8, headerBytes: 108, palette: colours(252) }),
  indexed('8 bits, version 5', { bits: 8, headerBytes: 124, palette: colours(252) }),
  indexed('8 bits, last row not filled up', { bits: 8, palette: colours(252), withoutLastFill: true }),
  indexed('8 bits, a gap before the pixels', { bits: 8, palette: colours(252), gap: 10 }),
  runLength('RLE8', { bits: 8, tail: endOfBitmap }),
  runLength('RLE8, row end on the last row', { bits: 8, tail: [0, 0, ...endOfBitmap] }),
  runLength('RLE8 without an end', { bits: 8, tail: [] }),
  runLength('RLE4', { bits: 4, tail: endOfBitmap }),
  runLength('RLE4, row end on the last row', { bits: 4, tail: [0, 0, ...endOfBitmap] }),
  direct('16 bits', { bits: 16, encode: in555, decode: from555 }),
  direct('16 bits, 5-5-5 said', {
    bits: 16,
    compression: 3,
    masks: [0x7c00, 0x3e0, 0x1f],
    encode: in555,
    decode: from555,
  }),
  direct('16 bits, 5-6-5', { bits: 16, compression: 3, masks: [0xf800, 0x7e0, 0x1f], encode: in565, decode: from565 }),
  direct('16 bits, 5-6-5 with a palette', {
    bits: 16,
    compression: 3,
    masks: [0xf800, 0x7e0, 0x1f],
    palette: colours(256),
    encode: in565,
    decode: from565,
  }),
  direct('24 bits', { bits: 24, encode: in888, decode: asTheyAre }),
  direct('24 bits with a palette', { bits: 24, palette: colours(256), encode: in888, decode: asTheyAre }),
  direct('24 bits from the top', { bits: 24, isTopDown: true, encode: in888, decode: asTheyAre }),
  direct('24 bits, OS/2 1', { bits: 24, headerBytes: 12, encode: in888, decode: asTheyAre }),
  direct('32 bits', { bits: 32, encode: in888, decode: asTheyAre }),
  direct('32 bits, masks said', {
    bits: 32,
    compression: 3,
    masks: [0xff0000, 0xff00, 0xff],
    encode: in888,
    decode: asTheyAre,
  }),
  ...([40, 52, 56, 108, 124] as const).map((headerBytes) =>
    direct(`32 bits, masks of their own, header of ${headerBytes} bytes`, {
      bits: 32,
      headerBytes,
      compression: 3,
      masks: [0xff00, 0xff0000, 0xff000000],
      encode: swapped,
      decode: asTheyAre,
    }),
  ),
  direct('16 bits, 5-6-5, version 3', {
    bits: 16,
    headerBytes: 56,
    compression: 3,
    masks: [0xf800, 0x7e0, 0x1f, 0],
    encode: in565,
    decode: from565,
  }),
]
