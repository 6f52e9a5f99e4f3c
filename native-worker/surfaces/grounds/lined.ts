import { axesAt } from '../drawing/axes.ts'
import { drawTexture } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import { profile } from '../fields/profile.ts'
import type { Ground } from './ground.ts'

/** Lines that run through the whole picture, straight or swaying: planed, extruded, slit. */
export const lined: Ground = (random) => {
  const slope = random.between(0, 1.2)
  const cut = random.between(0.15, 0.6)
  const sway = random.happens(0.5) ? random.between(0.2, 2) : 0
  const unevenness = random.between(0, 0.5)
  const haze = random.between(0, 0.4)
  return (sheet, { angle, contrast }) => {
    const { across } = axesAt(angle)
    const line = profile(sheet.random, { slope, cut })
    const swaying = noise(sheet, { slope: 2.2, cut: 0.1 })
    const strength = noise(sheet, { slope: 1.5, cut: 0.4 })
    const hazy = noise(sheet, { slope: 0.8 })
    return drawTexture(sheet.size, (x, y, pixel) => {
      const drawn = line(across(x, y) + 100 + sway * swaying(pixel))
      return contrast * (drawn * (1 + unevenness * strength(pixel)) + haze * hazy(pixel))
    })
  }
}
