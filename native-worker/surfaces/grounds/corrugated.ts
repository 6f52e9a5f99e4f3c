import { axesAt } from '../drawing/axes.ts'
import { drawTexture } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** A few broad waves: profiled sheet, board, tubes side by side. */
export const corrugated: Ground = (random) => {
  const pitch = random.scale(9, 34)
  const glints = random.between(0, 1)
  const sharpness = random.between(1, 6)
  const sway = random.between(0, 1.5)
  return (sheet, { angle, contrast }) => {
    const { across } = axesAt(angle)
    const bend = noise(sheet, { slope: 2.2, stretch: 3, angle, cut: 0.08 })
    const scuffs = noise(sheet, { slope: 0.8, stretch: 6, angle })
    const phase = sheet.random.between(0, 6.3)
    return drawTexture(sheet.size, (x, y, pixel) => {
      const turn = ((across(x, y) + sway * bend(pixel)) * 2 * Math.PI) / pitch + phase
      const crest = Math.exp(sharpness * (Math.cos(turn + 0.9) - 1))
      return contrast * (1.2 * Math.sin(turn) + 2 * glints * crest + 0.4 * scuffs(pixel))
    })
  }
}
