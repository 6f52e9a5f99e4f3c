import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** Uneven coating, oxide, paper against the light. */
export const clouded: Ground = (random) => {
  const slope = random.between(0.8, 2)
  const stretch = random.between(1, 1.6)
  const cut = random.between(0.3, 1)
  return (sheet, { angle, contrast }) => {
    const clouds = noise(sheet, { slope, stretch, angle, cut })
    return (pixel) => contrast * clouds(pixel)
  }
}
