import type { LabelledImages } from '../../../native-worker/trainer/embedding/labelled-images.ts'

/** Sets of images of the same form as one. */
export function joinLabelled(parts: readonly LabelledImages[]): LabelledImages {
  const [first] = parts
  if (first === undefined) throw new RangeError('nothing to join')
  const pixels = new Uint8Array(parts.reduce((sum, part) => sum + part.pixels.length, 0))
  let offset = 0
  for (const part of parts) {
    pixels.set(part.pixels, offset)
    offset += part.pixels.length
  }
  const labels = parts.flatMap((part) => part.labels)
  return { ...first, pixels, labels, count: labels.length }
}
