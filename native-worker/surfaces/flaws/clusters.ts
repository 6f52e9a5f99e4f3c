import { emptyPlane } from '../drawing/plane.ts'
import { textureOf } from '../drawing/texture.ts'
import { stamp } from '../strokes/stamp.ts'
import { countNow, place } from './character.ts'
import type { Flaw } from './flaw.ts'

/** Dirt that lies together: one large grain and many small ones around it. */
export const clusters: Flaw = (random, character) => {
  const spread = random.between(2, 8) * character.zoom
  const members = random.integer(8, 30)
  const largest = random.between(1, 2.4)
  return (sheet) => {
    const chance = sheet.random
    const dirt = emptyPlane(sheet.size)
    for (let left = countNow(chance, character, 4); left > 0; left--) {
      const centre = place(chance, character)
      for (let member = 0; member < members; member++) {
        const distance = spread * Math.abs(chance.gaussian()) * Math.sqrt(member / members)
        const angle = chance.between(0, 2 * Math.PI)
        stamp(dirt, {
          ...{ x: centre.x + distance * Math.cos(angle), y: centre.y + distance * Math.sin(angle) },
          ...{ width: Math.max(0.55, largest * chance.scale(0.3, 1)), strength: chance.between(0.5, 1) },
        })
      }
    }
    return { weight: textureOf(dirt), cover: 0.8 }
  }
}
