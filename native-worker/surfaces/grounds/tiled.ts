import { axesAt } from '../drawing/axes.ts'
import { sigmoid } from '../drawing/curves.ts'
import { drawTexture } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** Tiles or pavers: joints in line or broken, each row shifted. */
export const tiled: Ground = (random) => {
  const width = random.between(12, 40)
  const height = width * random.scale(0.4, 1.2)
  const bond = random.pick([0, 0.5, 0.33])
  const joint = random.between(0.5, 1.4)
  const depth = random.between(0.15, 0.5) * random.pick([-1, -1, 1])
  return (sheet, { angle, contrast }) => {
    const { along, across } = axesAt(angle)
    const surface = noise(sheet, { slope: 1.2 })
    const shift = { x: sheet.random.between(0, 1), y: sheet.random.between(0, 1) }
    return drawTexture(sheet.size, (x, y, pixel) => {
      const row = across(x, y) / height + shift.y
      const column = along(x, y) / width + shift.x + bond * Math.floor(row)
      const aside = Math.min(column - Math.floor(column), Math.ceil(column) - column) * width
      const above = Math.min(row - Math.floor(row), Math.ceil(row) - row) * height
      // Every tile has its own tone, from its place.
      const own = Math.sin(Math.floor(column) * 12.9 + Math.floor(row) * 78.2)
      const nearest = Math.min(aside, above)
      return contrast * (0.7 * surface(pixel) + 0.5 * own) + depth * sigmoid((joint - nearest) * 4)
    })
  }
}
