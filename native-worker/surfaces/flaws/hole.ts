import { bell, sigmoid } from '../drawing/curves.ts'
import { emptyPlane, paintNear } from '../drawing/plane.ts'
import { textureOf } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import { countNow, place } from './character.ts'
import type { Flaw } from './flaw.ts'

/** Round or oval openings, with a raised lip or without. */
export const hole: Flaw = (random, character) => {
  const lip = random.happens(0.5) ? random.between(0.2, 0.5) : 0
  return (sheet) => {
    const chance = sheet.random
    const holes = emptyPlane(sheet.size)
    const ragged = noise(sheet, { slope: 1.5, cut: 0.5 })
    for (let left = countNow(chance, character, 3); left > 0; left--) {
      const centre = place(chance, character)
      const radius = chance.scale(1.4, 9) * character.zoom
      const stretch = { x: chance.between(0.7, 1.3), y: chance.between(0.7, 1.3) }
      paintNear(holes, { ...centre, reach: radius * 2 + 5 }, (value, x, y, pixel) => {
        const distance =
          Math.hypot((x - centre.x) * stretch.x, (y - centre.y) * stretch.y) + 0.12 * radius * ragged(pixel)
        const open = sigmoid((radius - distance) * 2.5)
        return Math.max(value, open) - lip * bell((distance - radius - 1.3) / 1.1)
      })
    }
    return { weight: textureOf(holes), cover: 0.9 }
  }
}
