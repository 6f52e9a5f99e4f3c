import type { OriginalKind } from '../../contract/originals.ts'

const startsWith = (bytes: Buffer, ...signature: readonly number[]): boolean =>
  signature.every((value, index) => bytes[index] === value)

/** The format by its first bytes: file names lie. Null for anything Flawsmith does not read. */
export function sniffFormat(bytes: Buffer): OriginalKind | null {
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png'
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return 'jpeg'
  // Little- and big-endian, plain and BigTIFF.
  if (startsWith(bytes, 0x49, 0x49, 0x2a, 0) || startsWith(bytes, 0x4d, 0x4d, 0, 0x2a)) return 'tiff'
  if (startsWith(bytes, 0x49, 0x49, 0x2b, 0) || startsWith(bytes, 0x4d, 0x4d, 0, 0x2b)) return 'tiff'
  if (bytes.subarray(0, 4).equals(Buffer.from('RIFF')) && bytes.subarray(8, 12).equals(Buffer.from('WEBP')))
    return 'webp'
  if (bytes.subarray(0, 4).equals(Buffer.from('GIF8'))) return 'gif'
  // "BM" alone is too short to tell: the size of the second header tells a bitmap from a text.
  const secondHeader = bytes.length >= 18 ? bytes.readUInt32LE(14) : 0
  if (startsWith(bytes, 0x42, 0x4d) && [12, 16, 40, 52, 56, 64, 108, 124].includes(secondHeader)) return 'bmp'
  return null
}
