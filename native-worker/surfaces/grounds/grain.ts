import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** Blasted or matt: no direction, features of a pixel or a few. */
export const grain: Ground = (random) => {
  const slope = random.between(0, 0.7)
  const cut = random.between(0.2, 0.8)
  return (sheet, { contrast }) => {
    const speckle = noise(sheet, { slope, cut })
    return (pixel) => contrast * speckle(pixel)
  }
}
