import type { Raster } from '../../composing/raster.ts'
import { patchEdge, type PatchField } from './nearest-patches.ts'

/**
 * The picture that the patches of a field make of their sources: every pixel the mean of the patches over it, those weighing more
 * whose middle is near.
 * @param spread of the weights around a patch's middle, pixels; narrow ones keep edges, wide ones hide seams
 */
export function vote(
  { place }: PatchField,
  { sources, spread }: { readonly sources: readonly Raster[]; readonly spread: number },
): Raster {
  const { height, width, channels } = sources[0] as Raster
  const sums = new Float32Array(height * width * channels)
  const weights = new Float32Array(height * width)
  const across = width - patchEdge + 1
  const kernel = kernelOf(spread)
  place.forEach((found, patch) => {
    const source = sources[Math.floor(found / place.length)] as Raster
    const inSource = found % place.length
    const shift = inSource - patch
    // Both lie on the same grid, whose lines are shorter than the picture's.
    const rows = Math.floor(inSource / across) - Math.floor(patch / across)
    const offset = shift + rows * (patchEdge - 1)
    const start = Math.floor(patch / across) * width + (patch % across)
    for (let row = 0; row < patchEdge; row++)
      for (let column = 0; column < patchEdge; column++) {
        const pixel = start + row * width + column
        const weight = kernel[row * patchEdge + column] as number
        weights[pixel] = (weights[pixel] as number) + weight
        for (let channel = 0; channel < channels; channel++) {
          const at = pixel * channels + channel
          sums[at] = (sums[at] as number) + weight * (source.values[(pixel + offset) * channels + channel] as number)
        }
      }
  })
  return {
    ...{ height, width, channels },
    values: sums.map((sum, at) => sum / (weights[Math.floor(at / channels)] as number)),
  }
}

function kernelOf(spread: number): Float32Array {
  const middle = (patchEdge - 1) / 2
  return Float32Array.from({ length: patchEdge ** 2 }, (_, at) => {
    const squared = (Math.floor(at / patchEdge) - middle) ** 2 + ((at % patchEdge) - middle) ** 2
    return Math.exp(-squared / (2 * spread ** 2)) + 1e-4
  })
}
