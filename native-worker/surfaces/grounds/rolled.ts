import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** Drawn out in one direction, as sheet is by its rolls. */
export const rolled: Ground = (random) => {
  const slope = random.between(0.5, 1.4)
  const stretch = random.between(4, 24)
  const cut = random.between(0.3, 0.9)
  return (sheet, { angle, contrast }) => {
    const streaks = noise(sheet, { slope, stretch, angle, cut })
    return (pixel) => contrast * streaks(pixel)
  }
}
