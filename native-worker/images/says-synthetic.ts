import { syntheticMark } from '../../contract/synthetic-mark.ts'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const start = Buffer.from(`${syntheticMark.keyword}\0`, 'latin1')

/** Whether a PNG file says that Flawsmith has drawn it; other programs may have moved the chunk that says so. */
export function saysSynthetic(bytes: Buffer): boolean {
  if (!bytes.subarray(0, signature.length).equals(signature)) return false
  for (let at = signature.length; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) !== 'tEXt') continue
    const text = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at))
    if (text.subarray(0, start.length).equals(start) && syntheticMark.isIn(text.toString('latin1', start.length)))
      return true
  }
  return false
}
