import { islands } from '../fields/islands.ts'
import { noise } from '../fields/noise.ts'
import type { Flaw } from './flaw.ts'

/** The surface's own pattern is not there: not printed, not woven, worn away. */
export const missingPrint: Flaw = (random, { level, slope }) => {
  const steepness = random.between(4, 12)
  const stretch = random.pick([1, 1, 4])
  return (sheet) => {
    const height = noise(sheet, {
      slope: 0.6 + slope * 0.7,
      stretch,
      angle: sheet.random.pick([0, Math.PI / 2]),
      cut: 0.3,
    })
    return { weight: islands(height, sheet, { level: level * 0.8, steepness }), cover: 1 }
  }
}
