import { bell } from '../drawing/curves.ts'
import { drawTexture, textureOf } from '../drawing/texture.ts'
import { shade } from '../fields/shade.ts'
import { countNow, place } from './character.ts'
import type { Flaw } from './flaw.ts'

/** Pressed in without a break: one flank bright, the other dark. */
export const dent: Flaw = (random, character) => {
  const flatness = random.between(0.5, 1.5)
  return (sheet) => {
    const chance = sheet.random
    const dents = Array.from({ length: countNow(chance, character, 4) }, () => ({
      ...place(chance, character),
      radius: chance.scale(2.5, 12) * character.zoom,
    }))
    const height = drawTexture(sheet.size, (x, y) =>
      dents.reduce(
        (sum, dent) => sum + dent.radius * bell(Math.hypot(x - dent.x, (y - dent.y) * flatness) / dent.radius),
        0,
      ),
    )
    return { weight: textureOf(shade(height, { size: sheet.size, light: character.light })), cover: 0 }
  }
}
