import { emptyPlane } from '../drawing/plane.ts'
import { textureOf } from '../drawing/texture.ts'
import { stamp } from '../strokes/stamp.ts'
import { countNow } from './character.ts'
import type { Flaw } from './flaw.ts'

/** Dust: small spots anywhere. */
export const specks: Flaw = (_random, character) => (sheet) => {
  const chance = sheet.random
  const dust = emptyPlane(sheet.size)
  for (let left = 3 * countNow(chance, character, 13); left > 0; left--)
    stamp(dust, {
      ...{ x: chance.between(0, 64), y: chance.between(0, 64) },
      ...{ width: chance.scale(0.6, 1 + character.width), strength: chance.between(0.35, 1) },
    })
  return { weight: textureOf(dust) }
}
