import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** Honed: two sets of fine grooves that cross. */
export const crossHatched: Ground = (random) => {
  const stretch = random.between(9, 22)
  const second = random.between(0.4, 1)
  const crossing = random.between(0.4, 1.5)
  return (sheet, { angle, contrast }) => {
    const one = noise(sheet, { slope: 0.4, stretch, angle: angle - crossing / 2, cut: 0.7 })
    const other = noise(sheet, { slope: 0.4, stretch, angle: angle + crossing / 2, cut: 0.7 })
    return (pixel) => (contrast * (one(pixel) + second * other(pixel))) / 1.3
  }
}
