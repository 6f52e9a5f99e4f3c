import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** Polished, moulded or painted: next to nothing but a slow unevenness. */
export const smooth: Ground = (random) => {
  const slope = random.between(1.6, 2.6)
  const stretch = random.between(1, 3)
  return (sheet, { angle, contrast }) => {
    const slow = noise(sheet, { slope, stretch, angle, cut: 0.3 })
    return (pixel) => 0.35 * contrast * slow(pixel)
  }
}
