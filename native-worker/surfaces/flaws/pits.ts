import { clamp } from '../drawing/curves.ts'
import { islands } from '../fields/islands.ts'
import { noise } from '../fields/noise.ts'
import type { Flaw } from './flaw.ts'

/** Many small hollows, denser here than there. */
export const pits: Flaw = (random, { slope, level, zoom }) => {
  const cut = random.scale(0.12, 0.4) / zoom
  return (sheet) => {
    const height = noise(sheet, { slope: 0.3 + 0.3 * slope, cut })
    const density = noise(sheet, { slope: 1.8, cut: 0.1 })
    const depth = noise(sheet, { slope: 1.5 })
    const hollows = islands((pixel) => height(pixel) + 0.4 * density(pixel), sheet, {
      level: level + 0.6,
      steepness: 6,
    })
    return { weight: (pixel) => hollows(pixel) * clamp(0.8 + 0.4 * depth(pixel), 0.2, 1.5) }
  }
}
