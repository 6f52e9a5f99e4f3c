import { FileRefusal } from '../file-refusal.ts'

/** Where one colour lies in a pixel of 16 or 32 bits. */
export interface ChannelMask {
  readonly shift: number
  /** The largest value it can hold; 0 where the bitmap has none of this colour. */
  readonly largest: number
}

export interface BitmapHeader {
  readonly width: number
  readonly height: number
  readonly bitsPerPixel: 1 | 2 | 4 | 8 | 16 | 24 | 32
  readonly isTopDown: boolean
  readonly isRunLength: boolean
  /** Byte offset of the first row. */
  readonly pixelsAt: number
  /** Bytes that the header says the file has. */
  readonly claimedBytes: number
  /** RGB triples by index; a colour that the file does not hold is black. Empty where pixels are colours themselves. */
  readonly palette: Uint8Array
  /** Red, green, blue. */
  readonly masks: readonly [ChannelMask, ChannelMask, ChannelMask]
}

const fileHeaderBytes = 14
const coreHeaderBytes = 12

// Of BITMAPINFOHEADER, biCompression.
const runLength8 = 1
const runLength4 = 2
const bitFields = 3
const alphaBitFields = 6
/** What the format allows and Flawsmith does not read; 3 and 4 mean other things in the 64-byte header of OS/2. */
const unreadCompressions: Readonly<Record<number, string>> = { 4: 'JPEG', 5: 'PNG', 11: 'CMYK', 12: 'CMYK', 13: 'CMYK' }
const unreadOs2Compressions: Readonly<Record<number, string>> = { 3: 'Huffman', 4: 'RLE24' }

/**
 * The headers of Windows (40, 52, 56, 108, 124 bytes) and OS/2 (12, 16 to 64 bytes).
 * Source: Microsoft, "Bitmap Header Types"; OS/2 2.0 Presentation Driver Reference, "Bit-map file format".
 * @throws FileRefusal
 */
export function readBitmapHeader(bytes: Buffer): BitmapHeader {
  if (bytes.length < fileHeaderBytes + coreHeaderBytes) throw headerCut()
  const headerBytes = bytes.readUInt32LE(fileHeaderBytes)
  if (bytes.length < fileHeaderBytes + headerBytes) throw headerCut()
  const isCore = headerBytes === coreHeaderBytes
  /** A field of the second header by its offset there; a short header of OS/2 ends before it: then 0. */
  const field = (offset: number): number =>
    offset + 4 <= headerBytes ? bytes.readUInt32LE(fileHeaderBytes + offset) : 0
  const storedHeight = isCore ? bytes.readUInt16LE(20) : bytes.readInt32LE(22)
  const bitsPerPixel = bytes.readUInt16LE(isCore ? 24 : 28)
  if (!isKnownDepth(bitsPerPixel)) throw damaged(`${bitsPerPixel} bits a pixel`)
  const compression = isCore ? 0 : field(16)
  const isOs2 = !isCore && headerBytes !== 40 && headerBytes <= 64 && headerBytes !== 52 && headerBytes !== 56
  const isRunLength = assertReadable({ compression, bitsPerPixel, isOs2, isTopDown: storedHeight < 0 })
  const hasMasks = compression === bitFields || compression === alphaBitFields
  const masksAt = fileHeaderBytes + 40
  // In a header of 40 bytes the masks follow it; longer ones hold them at the same place.
  if (hasMasks && bytes.length < masksAt + 12) throw headerCut()
  const pixelsAt = bytes.readUInt32LE(10)
  const paletteAt = fileHeaderBytes + headerBytes + (hasMasks && headerBytes === 40 ? (compression === 6 ? 16 : 12) : 0)
  return {
    width: isCore ? bytes.readUInt16LE(18) : bytes.readInt32LE(18),
    height: Math.abs(storedHeight),
    bitsPerPixel,
    // Negative where the rows are stored from the top.
    isTopDown: storedHeight < 0,
    isRunLength,
    pixelsAt: pixelsAt >= paletteAt ? pixelsAt : refusePixelsAt(pixelsAt),
    claimedBytes: Math.max(bytes.readUInt32LE(2), pixelsAt + field(20)),
    palette:
      bitsPerPixel > 8
        ? new Uint8Array()
        : readPalette(bytes, { paletteAt, pixelsAt, bitsPerPixel, isCore, colours: field(32) }),
    masks: hasMasks
      ? [readMask(bytes, masksAt), readMask(bytes, masksAt + 4), readMask(bytes, masksAt + 8)]
      : bitsPerPixel === 16
        ? [maskOf(0x7c00), maskOf(0x03e0), maskOf(0x001f)]
        : [maskOf(0xff0000), maskOf(0x00ff00), maskOf(0x0000ff)],
  }
}

const isKnownDepth = (bits: number): bits is BitmapHeader['bitsPerPixel'] => [1, 2, 4, 8, 16, 24, 32].includes(bits)

/** Whether the rows are run-length coded. */
function assertReadable({
  compression,
  bitsPerPixel,
  isOs2,
  isTopDown,
}: {
  readonly compression: number
  readonly bitsPerPixel: number
  readonly isOs2: boolean
  readonly isTopDown: boolean
}): boolean {
  const unread = (isOs2 ? unreadOs2Compressions : unreadCompressions)[compression]
  if (unread !== undefined)
    throw new FileRefusal({
      reason: 'unsupported_kind',
      detail: `a bitmap compressed with ${unread}: save it uncompressed or as PNG`,
      skipCause: { name: 'compression', value: unread },
    })
  switch (compression) {
    case 0:
      return false
    case runLength8:
    case runLength4:
      if (bitsPerPixel !== (compression === runLength8 ? 8 : 4) || isTopDown) break
      return true
    case bitFields:
    case alphaBitFields:
      if (bitsPerPixel !== 16 && bitsPerPixel !== 32) break
      return false
  }
  throw damaged(`compression ${compression} with ${bitsPerPixel} bits a pixel`)
}

function readPalette(
  bytes: Buffer,
  {
    paletteAt,
    pixelsAt,
    bitsPerPixel,
    isCore,
    colours,
  }: {
    readonly paletteAt: number
    readonly pixelsAt: number
    readonly bitsPerPixel: number
    readonly isCore: boolean
    readonly colours: number
  },
): Uint8Array {
  const entryBytes = isCore ? 3 : 4
  const most = 2 ** bitsPerPixel
  const room = Math.floor((Math.min(pixelsAt, bytes.length) - paletteAt) / entryBytes)
  const count = Math.max(0, Math.min(colours === 0 ? most : colours, most, room))
  const palette = new Uint8Array(most * 3)
  for (let index = 0; index < count; index++) {
    const at = paletteAt + index * entryBytes
    palette.set([bytes[at + 2] ?? 0, bytes[at + 1] ?? 0, bytes[at] ?? 0], index * 3)
  }
  return palette
}

const readMask = (bytes: Buffer, at: number): ChannelMask => maskOf(bytes.readUInt32LE(at))

function maskOf(mask: number): ChannelMask {
  if (mask === 0) return { shift: 0, largest: 0 }
  const shift = 31 - Math.clz32(mask & -mask)
  return { shift, largest: mask >>> shift }
}

const headerCut = (): FileRefusal =>
  new FileRefusal({
    reason: 'corrupt',
    detail: 'the file ends inside its header',
    skipCause: { name: 'header_cut' },
  })

export const damaged = (detail: string): FileRefusal =>
  new FileRefusal({ reason: 'corrupt', detail: `damaged bitmap: ${detail}`, skipCause: { name: 'bitmap' } })

function refusePixelsAt(pixelsAt: number): never {
  throw damaged(`its pixels begin inside its header, at byte ${pixelsAt}`)
}
