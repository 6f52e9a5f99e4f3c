import { noise } from '../fields/noise.ts'
import { islands } from '../fields/islands.ts'
import type { Flaw } from './flaw.ts'

/** Areas of another brightness with a ragged border. */
export const patch: Flaw =
  (_random, { slope, level, steepness }) =>
  (sheet) => {
    const height = noise(sheet, { slope, cut: 0.6 })
    const ragged = noise(sheet, { slope: 0.8 })
    const inner = noise(sheet, { slope: 0.8 })
    const area = islands((pixel) => height(pixel) + 0.25 * ragged(pixel), sheet, { level, steepness })
    return { weight: (pixel) => area(pixel) * (1 + 0.3 * inner(pixel)) }
  }
