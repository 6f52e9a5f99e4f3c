export interface PngHeader {
  readonly width: number
  readonly height: number
  readonly bitDepth: number
  /** From the sBIT chunk: how many bits of a sample mean something; null without one. */
  readonly significantBits: number | null
  readonly hasAlpha: boolean
  /** More than 1 where it is animated. */
  readonly frames: number
  /** It may be rotated, then. */
  readonly mayHaveExif: boolean
}

const signatureBytes = 8
const textChunks = new Set(['tEXt', 'zTXt', 'iTXt', 'eXIf'])

/** What stands before the pixels; null where the file ends before they begin. Source: W3C, "PNG Specification (Third Edition)". */
export function readPngHeader(bytes: Buffer): PngHeader | null {
  if (bytes.length < 33 || bytes.toString('latin1', 12, 16) !== 'IHDR') return null
  let significantBits: number | null = null
  let frames = 1
  // Colour types 4 and 6 have a channel for it.
  let hasAlpha = ((bytes[25] ?? 0) & 4) !== 0
  let mayHaveExif = false
  let at = signatureBytes
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (type === 'IDAT')
      return {
        width: bytes.readUInt32BE(16),
        height: bytes.readUInt32BE(20),
        bitDepth: bytes[24] ?? 0,
        significantBits,
        hasAlpha,
        frames,
        mayHaveExif,
      }
    const data = bytes.subarray(at + 8, at + 8 + length)
    // Of colours, the deepest; what it says of transparency, last of two or four, is no brightness.
    if (type === 'sBIT' && data.length > 0) significantBits = Math.max(...data.subarray(0, data.length > 2 ? 3 : 1))
    if (type === 'acTL' && data.length >= 4) frames = Math.max(1, data.readUInt32BE(0))
    if (type === 'tRNS') hasAlpha = true
    if (textChunks.has(type)) mayHaveExif = true
    at += 12 + length
  }
  return null
}
