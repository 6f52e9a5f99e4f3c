import { bell } from '../drawing/curves.ts'
import { drawTexture } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** Veins through clouds: marble, smoky plastics. */
export const marbled: Ground = (random) => {
  const stretch = random.between(1, 3)
  const slope = random.between(1.5, 2.1)
  const thinness = random.between(0.08, 0.25)
  const veins = random.between(1, 2.5) * random.pick([-1, 1])
  return (sheet, { angle, contrast }) => {
    const field = noise(sheet, { slope, stretch, angle, cut: 0.35 })
    const strength = noise(sheet, { slope: 1.5, cut: 0.2 })
    const clouds = noise(sheet, { slope: 1.8 })
    return drawTexture(sheet.size, (_x, _y, pixel) => {
      const vein = bell(field(pixel) / thinness) * Math.max(0, 0.6 + 0.5 * strength(pixel))
      return contrast * (veins * vein + 0.8 * clouds(pixel))
    })
  }
}
