import { islands } from '../fields/islands.ts'
import { noise } from '../fields/noise.ts'
import { relief } from '../fields/relief.ts'
import type { Flaw } from './flaw.ts'

/** Crusts pressed into the surface: rough islands with their own shadows. */
export const scale: Flaw =
  (_random, { level, zoom, light }) =>
  (sheet) => {
    const height = noise(sheet, { slope: 1.4, cut: 0.5 })
    const crust = islands(height, sheet, { level: level * 0.7 + 0.2, steepness: 6 })
    const rough = relief(noise(sheet, { slope: 1.1, cut: 0.5 / zoom }), { size: sheet.size, light })
    return { weight: (pixel) => crust(pixel) * (0.25 + 0.35 * rough(pixel)), cover: 0.7 }
  }
