import { noise } from '../fields/noise.ts'
import { relief } from '../fields/relief.ts'
import type { Ground } from './ground.ts'

/** A rough height under a lamp from the side: plaster, forging, rough castings. */
export const embossed: Ground = (random) => {
  const slope = random.between(0.9, 1.8)
  const stretch = random.between(1, 3)
  const cut = random.between(0.12, 0.5)
  const light = random.between(0, 6.3)
  return (sheet, { angle, contrast }) => {
    const height = noise(sheet, { slope, stretch, angle, cut })
    const lit = relief(height, { size: sheet.size, light: light + 0.2 * sheet.random.gaussian() })
    return (pixel) => contrast * lit(pixel)
  }
}
