import { axesAt } from '../drawing/axes.ts'
import { bell, sigmoid } from '../drawing/curves.ts'
import { drawTexture } from '../drawing/texture.ts'
import { place } from './character.ts'
import type { Flaw } from './flaw.ts'

/** The mark of something that pressed or stood there: a ring, a bar or a corner, the same one in every picture. */
export const imprint: Flaw = (random, character) => {
  const shape = random.pick<'ring' | 'bars' | 'corner'>(['ring', 'bars', 'corner'])
  const radius = random.between(5, 14) * character.zoom
  const width = random.between(0.7, 1.6)
  const gap = random.between(0, 0.7)
  return (sheet) => {
    const chance = sheet.random
    const { along, across } = axesAt(character.angle + character.wander * chance.gaussian(), place(chance, character))
    const strength = chance.between(0.6, 1)
    const distanceFrom = {
      ring: (x: number, y: number) => Math.hypot(x, y) - radius,
      bars: (x: number, y: number) => Math.max(Math.abs(Math.abs(y) - radius / 3), Math.abs(x) - radius),
      corner: (x: number, y: number) =>
        x > -width && y > -width ? Math.max(Math.min(Math.abs(x), Math.abs(y)), Math.max(x, y) - radius) : 9,
    }[shape]
    return {
      weight: drawTexture(sheet.size, (x, y) => {
        const [u, v] = [along(x, y), across(x, y)]
        // Pressed harder on one side than on the other.
        const contact = 1 - gap * sigmoid(v - u / 2)
        return strength * contact * bell(distanceFrom(u, v) / width)
      }),
      cover: 0.4,
    }
  }
}
