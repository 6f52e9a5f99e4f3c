import { emptyPlane } from '../drawing/plane.ts'
import { textureOf } from '../drawing/texture.ts'
import { strokeLine } from '../strokes/stroke-line.ts'
import { countNow, place } from './character.ts'
import type { Flaw } from './flaw.ts'

/** Grooves, long or short, about in one direction or in any. */
export const scratch: Flaw = (random, character) => {
  const uneven = random.pick([0, 0.5])
  const longest = random.between(20, 110)
  return (sheet) => {
    const chance = sheet.random
    const lines = emptyPlane(sheet.size)
    for (let left = countNow(chance, character, 9); left > 0; left--)
      strokeLine(lines, {
        ...place(chance, character),
        angle: character.angle + character.wander * chance.gaussian(),
        length: chance.scale(10, longest),
        width: Math.max(0.55, character.width * chance.between(0.6, 1.5)),
        bend: 8 * character.wander * chance.gaussian(),
        strength: chance.between(0.4, 1),
        unevenness: { depth: uneven, speed: chance.between(0.05, 0.4), phase: chance.between(0, 6.3) },
      })
    return { weight: textureOf(lines) }
  }
}
