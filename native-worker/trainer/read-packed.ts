import { readFile } from 'node:fs/promises'
import { FlawsmithError } from '../../contract/errors.ts'
import type { PackedImages } from '../../contract/uplift-cells.ts'
import { sha256Of } from '../files/sha256-of.ts'

/** The pixels of a packed file, where it still is what was packed. @throws FlawsmithError `training_set_changed` */
export async function readPacked({ file, sha256, counts }: PackedImages, imageBytes: number): Promise<Uint8Array> {
  const pixels = await readFile(file)
  const expected = counts.reduce((sum, count) => sum + count, 0) * imageBytes
  if (pixels.length === expected && sha256Of(pixels) === sha256) return pixels
  throw new FlawsmithError(
    'training_set_changed',
    `${file} is not what was packed for this measurement: it was damaged or changed. Measure again; the images themselves are safe.`,
    { file },
  )
}
