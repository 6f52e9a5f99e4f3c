import { gaussianBlur, type Plane } from './gaussian-blur.ts'

/** Pixels per edge of the pictures compared: larger ones are averaged down by whole blocks. */
const largestEdge = 128
/** Of what is taken away, in pixels of the pictures compared. */
const smoothDeviation = 5

/** Luma of one picture, averaged down. @param pixels uint8 [size, size, channels] */
export function toPlane(
  pixels: Uint8Array,
  { size, channels }: { readonly size: number; readonly channels: number },
): Plane {
  let factor = 1
  while (size / factor > largestEdge && size % (2 * factor) === 0) factor *= 2
  const edge = size / factor
  const values = new Float32Array(edge * edge)
  const share = 1 / (factor * factor * channels)
  for (let y = 0; y < size; y++) {
    const row = Math.floor(y / factor) * edge
    for (let x = 0; x < size; x++) {
      const from = (y * size + x) * channels
      let sum = 0
      for (let channel = 0; channel < channels; channel++) sum += pixels[from + channel] as number
      const to = row + Math.floor(x / factor)
      values[to] = (values[to] as number) + share * sum
    }
  }
  return { edge, values }
}

/** What is left of a picture without what changes slowly: lighting and shading differ between photographs of one part. */
export function highPass(plane: Plane): Plane {
  const smooth = gaussianBlur(plane, smoothDeviation).values
  return { edge: plane.edge, values: plane.values.map((value, at) => value - (smooth[at] as number)) }
}
