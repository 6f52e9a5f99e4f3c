export interface JpegFrame {
  readonly width: number
  readonly height: number
  /** 1 grey, 3 colour, 4 CMYK. */
  readonly components: number
  /** Bits a sample. */
  readonly precision: number
  readonly isLossless: boolean
  /** It may be rotated, then. */
  readonly hasExif: boolean
}

const app1 = 0xe1
const startOfScan = 0xda
/** Start of frame: 0xc0 to 0xcf but for Huffman tables, reserved ones and arithmetic conditioning. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
const losslessFrames = new Set([0xc3, 0xc7, 0xcb, 0xcf])

/** What the frame header says; null where there is none before the first scan. Source: ITU-T T.81, B.2.2. */
export function readJpegFrame(bytes: Buffer): JpegFrame | null {
  let hasExif = false
  let at = 2
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    // Fill bytes, and markers without a length.
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2
      continue
    }
    if (marker === startOfScan) return null
    if (isFrame(marker))
      return {
        precision: bytes[at + 4] ?? 0,
        height: bytes.readUInt16BE(at + 5),
        width: bytes.readUInt16BE(at + 7),
        components: bytes[at + 9] ?? 0,
        isLossless: losslessFrames.has(marker),
        hasExif,
      }
    if (marker === app1 && bytes.toString('latin1', at + 4, at + 8) === 'Exif') hasExif = true
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}
