import { gaussianBlur } from '../gaussian-blur.ts'
import { median } from '../order-statistics.ts'

const patchEdge = 7
const radius = patchEdge >> 1
const patchPixels = patchEdge * patchEdge
/** What is known of a patch: its pixels without their mean, and the mean against the picture's. */
export const patchColumns = patchPixels + 1
/** How much more the tone of a patch counts than one of its pixels. */
const toneWeight = 2
const leastContrast = 0.01

/**
 * One row a pixel: the 7 × 7 patch around it, in units of the picture's own fine contrast, so that exposures compare.
 * @param pixels uint8 [edge, edge]
 * @returns [edge · edge, 50]
 */
export function patchFeatures(pixels: Uint8Array, edge: number): Float32Array {
  const values = Float32Array.from(pixels, (pixel) => pixel / 255)
  const smooth = gaussianBlur({ edge, values }, 3).values
  const contrast = median(values.map((value, at) => Math.abs(value - (smooth[at] as number)))) * 1.5 + leastContrast
  const tone = median(values)
  const padded = padByReflection(values, edge)
  const paddedEdge = edge + 2 * radius
  const features = new Float32Array(edge * edge * patchColumns)
  for (let y = 0; y < edge; y++) {
    for (let x = 0; x < edge; x++) {
      const row = (y * edge + x) * patchColumns
      let sum = 0
      for (let dy = 0; dy < patchEdge; dy++) {
        const line = (y + dy) * paddedEdge + x
        for (let dx = 0; dx < patchEdge; dx++) {
          const value = padded[line + dx] as number
          features[row + dy * patchEdge + dx] = value
          sum += value
        }
      }
      const mean = sum / patchPixels
      for (let index = row; index < row + patchPixels; index++)
        features[index] = ((features[index] as number) - mean) / contrast
      features[row + patchPixels] = (toneWeight * (mean - tone)) / contrast
    }
  }
  return features
}

/** Mirrored at the border, border pixels once. */
function padByReflection(values: Float32Array, edge: number): Float32Array {
  const paddedEdge = edge + 2 * radius
  const places = Array.from({ length: paddedEdge }, (_, index) => {
    const place = Math.abs(index - radius)
    return place < edge ? place : 2 * (edge - 1) - place
  })
  const padded = new Float32Array(paddedEdge * paddedEdge)
  for (let y = 0; y < paddedEdge; y++)
    for (let x = 0; x < paddedEdge; x++)
      padded[y * paddedEdge + x] = values[(places[y] as number) * edge + (places[x] as number)] as number
  return padded
}
