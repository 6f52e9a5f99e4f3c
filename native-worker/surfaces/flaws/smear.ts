import { islands } from '../fields/islands.ts'
import { noise } from '../fields/noise.ts'
import type { Flaw } from './flaw.ts'

/** Wiped: an area drawn in one direction, streaky inside. */
export const smear: Flaw =
  (_random, { angle, level }) =>
  (sheet) => {
    const height = noise(sheet, { slope: 1.6, stretch: 4, angle, cut: 0.25 })
    const area = islands(height, sheet, { level: level * 0.7, steepness: 3 })
    const wiped = noise(sheet, { slope: 0.6, stretch: 10, angle, cut: 0.8 })
    return { weight: (pixel) => area(pixel) * (0.35 + 0.5 * wiped(pixel)), cover: 0.6 }
  }
