import { sigmoid } from '../drawing/curves.ts'
import { emptyPlane, paint } from '../drawing/plane.ts'
import { textureOf } from '../drawing/texture.ts'
import { countNow, place } from './character.ts'
import type { Flaw } from './flaw.ts'

/** Paint that ran down: a narrow track that ends in a drop, lit at one side. */
export const run: Flaw = (random, character) => {
  const width = random.between(0.8, 2) * character.zoom
  const lit = random.between(0.3, 1.2)
  const isLevel = random.happens(0.3)
  return (sheet) => {
    const chance = sheet.random
    const tracks = emptyPlane(sheet.size)
    for (let left = countNow(chance, character, 4); left > 0; left--) {
      const end = place(chance, character)
      const length = chance.between(10, 50)
      const drop = width * chance.between(1.4, 2.4)
      const speed = chance.between(0.08, 0.2)
      paint(tracks, (value, x, y) => {
        const above = isLevel ? end.x - x : end.y - y
        const aside = isLevel ? y - end.y : x - end.x
        if (above > length || above < -2 * drop) return value
        const track = Math.abs(aside + 0.8 * Math.sin(above * speed) * (above / length)) - width * (1 - above / length)
        const bead = Math.hypot(aside, above) - drop
        const inside = sigmoid(-Math.min(above > 0 ? track : Infinity, bead) * 3)
        return Math.max(value, inside * (1 - lit * sigmoid(-aside * 2 - width * 0.6)))
      })
    }
    return { weight: textureOf(tracks), cover: 0.8 }
  }
}
