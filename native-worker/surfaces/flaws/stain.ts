import { bell } from '../drawing/curves.ts'
import { islands } from '../fields/islands.ts'
import { noise } from '../fields/noise.ts'
import type { Flaw } from './flaw.ts'

/** Dried liquid: a soft area through which the surface shows, at times with a tide mark. */
export const stain: Flaw = (random, { level }) => {
  const tide = random.happens(0.4) ? random.between(0.2, 0.6) : 0
  const steepness = random.between(2, 8)
  return (sheet) => {
    const height = noise(sheet, { slope: 2.2, cut: 0.25 })
    const area = islands(height, sheet, { level, steepness })
    return { weight: (pixel) => 0.7 * area(pixel) + tide * bell((area(pixel) - 0.5) / 0.18), cover: 0.1 }
  }
}
