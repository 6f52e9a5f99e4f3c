import { sigmoid } from '../drawing/curves.ts'
import { drawTexture } from '../drawing/texture.ts'
import { place } from './character.ts'
import type { Flaw } from './flaw.ts'

/** A splinter: a polygon of a few straight sides. */
export const shard: Flaw = (random, character) => {
  const count = random.integer(3, 7)
  const largest = random.between(7, 16)
  return (sheet) => {
    const chance = sheet.random
    const centre = place(chance, character)
    const sides = Array.from({ length: count }, (_, side) => {
      const angle = (2 * Math.PI * (side + chance.between(-0.3, 0.3))) / count
      return { cos: Math.cos(angle), sin: Math.sin(angle), distance: chance.scale(3, largest) * character.zoom }
    })
    const hardness = 1 + character.steepness
    return {
      weight: drawTexture(sheet.size, (x, y) => {
        let inside = Infinity
        for (const { cos, sin, distance } of sides)
          inside = Math.min(inside, distance - (x - centre.x) * cos - (y - centre.y) * sin)
        return sigmoid(inside * hardness)
      }),
      cover: 0.8,
    }
  }
}
