import { axesAt } from '../drawing/axes.ts'
import { drawTexture } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** Year rings cut lengthwise, with pores along the grain. */
export const wood: Ground = (random) => {
  const wander = random.between(2, 8)
  const stretch = random.between(3, 8)
  const speed = random.between(0.3, 1.2)
  const pores = random.between(0.3, 0.9)
  return (sheet, { angle, contrast }) => {
    const { across } = axesAt(angle)
    const bend = noise(sheet, { slope: 2.2, stretch, angle, cut: 0.1 })
    const fibres = noise(sheet, { slope: 0.5, stretch: 12, angle, cut: 0.9 })
    const phase = sheet.random.between(0, 6.3)
    return drawTexture(sheet.size, (x, y, pixel) => {
      const ring = Math.sin((across(x, y) + wander * bend(pixel)) * speed + phase)
      // Late wood is a thin dark line; early wood is broad.
      return contrast * (1.2 * (Math.exp(-1.5 * (ring + 1)) * -2 + 0.6) + pores * fibres(pixel))
    })
  }
}
