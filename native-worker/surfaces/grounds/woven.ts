import { axesAt } from '../drawing/axes.ts'
import { drawTexture } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** Plain weave: threads of both directions, over and under. */
export const woven: Ground = (random) => {
  const speed = random.scale(0.5, 1.5)
  const ratio = random.between(0.8, 1.3)
  const sway = random.between(0, 1)
  const roundness = random.between(0.3, 1)
  return (sheet, { angle, contrast }) => {
    const { along, across } = axesAt(angle)
    const pull = noise(sheet, { slope: 2, cut: 0.12 })
    const fuzz = noise(sheet, { slope: 0.3 })
    const phase = { x: sheet.random.between(0, 6.3), y: sheet.random.between(0, 6.3) }
    return drawTexture(sheet.size, (x, y, pixel) => {
      const warp = along(x, y) * speed + phase.x + sway * pull(pixel) * 0.5
      const weft = across(x, y) * speed * ratio + phase.y + sway * pull(pixel) * 0.4
      // Which thread lies above changes from crossing to crossing.
      const isWarpAbove = Math.sin(warp / 2) * Math.sin(weft / 2) > 0
      const thread = isWarpAbove ? Math.abs(Math.sin(warp / 2)) : Math.abs(Math.sin(weft / 2))
      return contrast * (2.6 * (thread ** roundness - 0.7) + (isWarpAbove ? 0.25 : -0.25) + 0.3 * fuzz(pixel))
    })
  }
}
