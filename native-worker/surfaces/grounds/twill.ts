import { axesAt } from '../drawing/axes.ts'
import { drawTexture } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** Twill: slanting ribs, cut by the threads that cross them. */
export const twill: Ground = (random) => {
  const speed = random.scale(0.45, 1.1)
  const slant = random.between(0.5, 1.6)
  const cuts = random.between(0.2, 0.9)
  const sway = random.between(0, 0.9)
  return (sheet, { angle, contrast }) => {
    const { along, across } = axesAt(angle)
    const pull = noise(sheet, { slope: 2, cut: 0.1 })
    const fuzz = noise(sheet, { slope: 0.4 })
    const phase = sheet.random.between(0, 6.3)
    return drawTexture(sheet.size, (x, y, pixel) => {
      const aside = across(x, y) * speed + sway * pull(pixel)
      const rib = Math.sin(aside + along(x, y) * speed * slant + phase)
      const cut = Math.sin(2 * aside - along(x, y) * 0.2)
      return contrast * (rib * (1 + cuts * cut) + 0.3 * fuzz(pixel))
    })
  }
}
