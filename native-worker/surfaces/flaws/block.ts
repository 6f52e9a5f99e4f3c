import { sigmoid } from '../drawing/curves.ts'
import { emptyPlane, paint } from '../drawing/plane.ts'
import { textureOf } from '../drawing/texture.ts'
import { countNow } from './character.ts'
import type { Flaw } from './flaw.ts'

/** A rectangle that is dark or bright: a dead cell, a part not there, a label where none belongs. */
export const block: Flaw = (random, character) => {
  const widest = random.between(10, 34)
  const highest = random.between(10, 34)
  const lean = random.happens(0.5) ? 0 : random.between(-0.3, 0.3)
  return (sheet) => {
    const chance = sheet.random
    const blocks = emptyPlane(sheet.size)
    const hardness = 1 + character.steepness
    for (let left = countNow(chance, character, 3); left > 0; left--) {
      const halfWidth = chance.scale(3, widest) / 2
      const halfHeight = chance.scale(3, highest) / 2
      const centre = { x: chance.between(4, 60), y: chance.between(4, 60) }
      const strength = chance.between(0.4, 1)
      paint(blocks, (value, x, y) => {
        const dx = Math.abs(x - centre.x + lean * (y - centre.y))
        const dy = Math.abs(y - centre.y - lean * (x - centre.x))
        return Math.max(value, strength * sigmoid((halfWidth - dx) * hardness) * sigmoid((halfHeight - dy) * hardness))
      })
    }
    return { weight: textureOf(blocks), cover: 0.5 }
  }
}
