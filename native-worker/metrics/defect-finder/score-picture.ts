import { gaussianBlur } from '../gaussian-blur.ts'
import { median } from '../order-statistics.ts'
import type { PatchBank } from './patch-bank.ts'
import { distanceToBank } from './patch-bank.ts'
import { surfaceResidual } from './surface-residual.ts'

/** At the rim half of each neighbourhood is mirrored, and tiles end: scores rise to their full from `rimScore` over so many pixels. */
const rimPixels = 4
const rimScore = 0.6
/** Beyond this the residual says nothing more: a glaring pixel is no surer a defect than a clear one. */
const mostResidual = 8

/**
 * How much each pixel looks like a defect. With A the residual against the surface around it and B the distance to patches without
 * defects, both over their medians: √((B − 1)₊ · min(A, 8)) + 0.7 (B − 1)₊; without such patches A alone.
 * @param pixels uint8 [edge, edge]
 * @returns [edge · edge]
 */
export function scorePicture(
  pixels: Uint8Array,
  { bank, edge }: { readonly bank: PatchBank | null; readonly edge: number },
): Float32Array {
  const residual = surfaceResidual(pixels, edge)
  const values = bank === null ? residual : combine(residual, distanceToBank(pixels, { bank, edge }))
  return calmRim(gaussianBlur({ edge, values }, 0.8).values, edge)
}

const calmRim = (scores: Float32Array, edge: number): Float32Array =>
  scores.map((score, at) => {
    const x = at % edge
    const y = Math.floor(at / edge)
    const inwards = Math.min(rimPixels, x, y, edge - 1 - x, edge - 1 - y) / rimPixels
    return score * (rimScore + (1 - rimScore) * inwards)
  })

function combine(residual: Float32Array, distance: Float32Array): Float32Array {
  const usual = median(distance) + 1e-3
  return residual.map((a, at) => {
    const b = Math.max(0, (distance[at] as number) / usual - 1)
    return Math.sqrt(b * Math.min(a, mostResidual)) + 0.7 * b
  })
}
