import { axesAt } from '../drawing/axes.ts'
import { sigmoid } from '../drawing/curves.ts'
import { emptyPlane, paint } from '../drawing/plane.ts'
import { textureOf } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import { countNow, place } from './character.ts'
import type { Flaw } from './flaw.ts'

/** Foreign matter, rolled or drawn long, with a torn outline. */
export const inclusion: Flaw = (_random, character) => (sheet) => {
  const chance = sheet.random
  const matter = emptyPlane(sheet.size)
  for (let left = countNow(chance, character, 4); left > 0; left--) {
    const angle = character.angle + 0.1 * chance.gaussian()
    const { along, across } = axesAt(angle, place(chance, character))
    const length = chance.scale(5, 40) * character.zoom
    const width = chance.scale(1.2, 5) * character.zoom
    const strength = chance.between(0.5, 1)
    const torn = noise(sheet, { slope: 1.2, stretch: 2, angle })
    paint(matter, (value, x, y, pixel) => {
      const inside = 1 - (along(x, y) / length) ** 2 - (across(x, y) / width) ** 2 + 0.5 * torn(pixel)
      const near = sigmoid(20 - Math.abs(across(x, y)) * 2) * (Math.abs(along(x, y)) < 1.5 * length ? 1 : 0)
      return Math.max(value, strength * sigmoid((1 + character.steepness) * inside) * near)
    })
  }
  return { weight: textureOf(matter), cover: 0.6 }
}
