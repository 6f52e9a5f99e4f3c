import { islands } from '../fields/islands.ts'
import { noise } from '../fields/noise.ts'
import type { Flaw } from './flaw.ts'

/** Long marks in the direction in which the surface was made. */
export const streaks: Flaw =
  (_random, { stretch, angle, level, steepness }) =>
  (sheet) => {
    const height = noise(sheet, { slope: 0.8, stretch: 4 + 2 * stretch, angle, cut: 0.5 })
    return { weight: islands(height, sheet, { level: level + 0.3, steepness }) }
  }
