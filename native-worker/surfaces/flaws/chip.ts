import { bell, sigmoid } from '../drawing/curves.ts'
import { emptyPlane, paint } from '../drawing/plane.ts'
import { textureOf } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import { atSide, countNow } from './character.ts'
import type { Flaw } from './flaw.ts'

/** Broken out of the rim: a bite from a side of the picture, with a lit break. */
export const chip: Flaw = (random, character) => {
  const lip = random.between(0, 0.6)
  return (sheet) => {
    const chance = sheet.random
    const bites = emptyPlane(sheet.size)
    for (let left = countNow(chance, character, 2); left > 0; left--) {
      const centre = atSide(chance, -1)
      const radius = chance.scale(5, 15) * character.zoom
      const ragged = noise(sheet, { slope: 1.6, cut: 0.5 })
      paint(bites, (value, x, y, pixel) => {
        const inside = radius - Math.hypot(x - centre.x, y - centre.y) + 2 * ragged(pixel)
        return Math.max(value, sigmoid(inside * (0.5 + 0.5 * character.steepness))) - lip * bell((inside + 1) / 1)
      })
    }
    return { weight: textureOf(bites), cover: 0.9 }
  }
}
