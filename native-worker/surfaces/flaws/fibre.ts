import { emptyPlane } from '../drawing/plane.ts'
import { textureOf } from '../drawing/texture.ts'
import { strokeWalk } from '../strokes/walk.ts'
import { countNow, place } from './character.ts'
import type { Flaw } from './flaw.ts'

/** A hair or thread that lies on the surface: curled, of one width throughout. */
export const fibre: Flaw = (random, character) => {
  const width = random.between(0.55, 0.9)
  const curl = random.between(0.08, 0.25)
  return (sheet) => {
    const chance = sheet.random
    const threads = emptyPlane(sheet.size)
    for (let left = countNow(chance, character, 4); left > 0; left--)
      strokeWalk(threads, {
        random: chance,
        walk: {
          ...{ start: place(chance, character), angle: chance.between(0, 2 * Math.PI), length: chance.between(18, 60) },
          ...{ turn: curl, width, forks: 0, taper: 0 },
        },
      })
    return { weight: textureOf(threads), cover: 1 }
  }
}
