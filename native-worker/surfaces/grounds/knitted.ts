import { axesAt } from '../drawing/axes.ts'
import { bell } from '../drawing/curves.ts'
import { drawTexture } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** Knitted: columns of V-shaped loops. */
export const knitted: Ground = (random) => {
  const width = random.scale(4, 10)
  const height = width * random.between(0.6, 1)
  const steepness = random.between(0.4, 0.9)
  const gap = random.between(0.12, 0.22)
  return (sheet, { angle, contrast }) => {
    const { along, across } = axesAt(angle)
    const pull = noise(sheet, { slope: 2, cut: 0.1 })
    const fuzz = noise(sheet, { slope: 0.4 })
    const shift = sheet.random.between(0, width)
    return drawTexture(sheet.size, (x, y, pixel) => {
      const column = (along(x, y) + shift + 0.5 * pull(pixel) + 200 * width) / width
      const place = column - Math.floor(column) - 0.5
      const row = across(x, y) / height + steepness * Math.abs(place) * 2
      const loop = row - Math.floor(row) - 0.5
      return contrast * (1 - 2.4 * bell((Math.abs(loop) - 0.5) / gap) - 1.6 * bell(place / 0.1) + 0.3 * fuzz(pixel))
    })
  }
}
