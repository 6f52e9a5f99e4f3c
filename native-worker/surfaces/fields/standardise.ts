import type { Plane } from '../drawing/plane.ts'
import { textureOf, type Texture } from '../drawing/texture.ts'

/** With mean 0 and deviation 1. */
export function standardise({ size, values }: Plane): Texture {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  const scale = 1 / (Math.sqrt(variance) + 1e-6)
  return textureOf({ size, values: values.map((value) => (value - mean) * scale) })
}
