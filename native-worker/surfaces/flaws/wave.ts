import { axesAt } from '../drawing/axes.ts'
import { clamp } from '../drawing/curves.ts'
import { drawTexture } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import type { Flaw } from './flaw.ts'

/** Buckled or badly flowed: slow waves over a part of the surface. */
export const wave: Flaw = (random, { angle, slope }) => {
  const speed = random.between(0.15, 0.35) * slope
  return (sheet) => {
    const { across } = axesAt(angle)
    const bend = noise(sheet, { slope: 2, cut: 0.2 })
    const reach = noise(sheet, { slope: 2, cut: 0.2 })
    const phase = sheet.random.between(0, 6.3)
    return {
      weight: drawTexture(
        sheet.size,
        (x, y, pixel) =>
          0.6 * Math.sin(across(x, y) * speed + phase + bend(pixel)) * clamp(0.5 + 0.6 * reach(pixel), 0, 1),
      ),
      cover: 0,
    }
  }
}
