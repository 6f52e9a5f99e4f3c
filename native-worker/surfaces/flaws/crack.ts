import { emptyPlane } from '../drawing/plane.ts'
import { textureOf } from '../drawing/texture.ts'
import { strokeWalk } from '../strokes/walk.ts'
import { countNow, place } from './character.ts'
import type { Flaw } from './flaw.ts'

/** Broken: wandering, thin, branching or not. */
export const crack: Flaw = (random, character) => {
  const turn = random.between(0.06, 0.4)
  const width = Math.max(0.55, Math.min(1.4, character.width * 0.6))
  return (sheet) => {
    const chance = sheet.random
    const cracks = emptyPlane(sheet.size)
    for (let left = countNow(chance, character, 3); left > 0; left--)
      strokeWalk(cracks, {
        random: chance,
        walk: {
          ...{ start: place(chance, character), angle: character.angle + character.wander * chance.gaussian() },
          ...{ length: chance.scale(16, 120), turn, width, forks: character.forks, taper: 0.5 },
        },
      })
    return { weight: textureOf(cracks), cover: 0.8 }
  }
}
