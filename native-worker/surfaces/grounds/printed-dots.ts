import { axesAt } from '../drawing/axes.ts'
import { sigmoid } from '../drawing/curves.ts'
import { drawTexture } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** A printed screen: dots whose size follows a slow picture. */
export const printedDots: Ground = (random) => {
  const pitch = random.scale(3.2, 8)
  const cover = random.between(-0.6, 0.6)
  const change = random.between(0.1, 0.6)
  const ink = random.between(0.15, 0.5) * random.pick([-1, -1, 1])
  return (sheet, { angle, contrast }) => {
    const { along, across } = axesAt(angle)
    const picture = noise(sheet, { slope: 2.2, cut: 0.08 })
    const paper = noise(sheet, { slope: 0.5 })
    const shift = { x: sheet.random.between(0, 6.3), y: sheet.random.between(0, 6.3) }
    const speed = (2 * Math.PI) / pitch
    return drawTexture(sheet.size, (x, y, pixel) => {
      const screen = Math.cos(along(x, y) * speed + shift.x) + Math.cos(across(x, y) * speed + shift.y)
      return (
        ink * sigmoid((screen + 2 * cover + 2 * change * picture(pixel)) * 0.5 * pitch) + 0.3 * contrast * paper(pixel)
      )
    })
  }
}
