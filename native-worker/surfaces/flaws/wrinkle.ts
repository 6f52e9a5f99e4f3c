import { axesAt } from '../drawing/axes.ts'
import { smoothstep } from '../drawing/curves.ts'
import { emptyPlane, paintNear } from '../drawing/plane.ts'
import { textureOf } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import { countNow, place } from './character.ts'
import type { Flaw } from './flaw.ts'

/** A fold: a bright ridge beside its dark side, fading at both ends. */
export const wrinkle: Flaw = (random, character) => {
  const halfWidth = random.between(1.2, 3.5)
  const longest = random.between(25, 80)
  return (sheet) => {
    const chance = sheet.random
    const folds = emptyPlane(sheet.size)
    const bend = noise(sheet, { slope: 2.2, cut: 0.1 })
    for (let left = countNow(chance, character, 5); left > 0; left--) {
      const start = place(chance, character)
      const length = chance.between(16, longest)
      const { along, across } = axesAt(character.angle + character.wander * chance.gaussian(), start)
      paintNear(folds, { ...start, reach: length / 2 + 2 }, (value, x, y, pixel) => {
        const aside = (across(x, y) + 2 * bend(pixel)) / halfWidth
        const fade = smoothstep(0, 10, length / 2 - Math.abs(along(x, y)))
        return value + 1.6 * fade * aside * Math.exp(-aside * aside)
      })
    }
    return { weight: textureOf(folds), cover: 0.1 }
  }
}
