import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** Hairlines, longer than the picture or nearly, with a slow sheen over them. */
export const brushed: Ground = (random) => {
  const stretch = random.between(20, 55)
  const cut = random.between(0.35, 1)
  const sheen = random.between(0, 0.8)
  return (sheet, { angle, contrast }) => {
    const hairs = noise(sheet, { slope: 0.15, stretch, angle, cut })
    const slow = noise(sheet, { slope: 1.8, stretch: 3, angle, cut: 0.1 })
    return (pixel) => contrast * (hairs(pixel) + sheen * slow(pixel))
  }
}
