import { createHash } from 'node:crypto'
import { access } from 'node:fs/promises'
import { encode } from 'fast-png'
import type { Sha256 } from '../../contract/ids.ts'
import type { Channels } from '../../contract/project.ts'
import { imageFile } from '../files/project-paths.ts'
import { writeWhole } from '../files/write-whole.ts'

export interface Picture {
  readonly width: number
  readonly height: number
  readonly channels: Channels
  /** Row by row, channels last. */
  readonly pixels: Uint8Array
  /** Written into the file, by keyword. */
  readonly text?: Readonly<Record<string, string>>
}

/** [-1, 1] to 0 … 255, rounded to the nearest. */
export function toBytes(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.length)
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Math.max(0, Math.min(255, Math.round(((values[index] ?? 0) + 1) * 127.5)))
  }
  return bytes
}

/**
 * Stores a picture as PNG under the hash of its bytes in an images folder.
 * @param announce awaited before a new file is written
 */
export async function storePicture(
  folder: string,
  { width, height, channels, pixels, text }: Picture,
  announce: (sha256: Sha256) => Promise<void> = () => Promise.resolve(),
): Promise<Sha256> {
  const png = encode({ width, height, channels, depth: 8, data: pixels, ...(text && { text }) })
  const sha256 = createHash('sha256').update(png).digest('hex') as Sha256
  const file = imageFile(folder, sha256)
  if (await exists(file)) return sha256
  await announce(sha256)
  await writeWhole(file, png)
  return sha256
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file)
    return true
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return false
    throw thrown
  }
}
