import { axesAt } from '../drawing/axes.ts'
import { sigmoid } from '../drawing/curves.ts'
import { drawTexture } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import type { Flaw } from './flaw.ts'

/** Everything beyond a line is different: a step, a missing half, an overlap. */
export const edge: Flaw = (random, { angle, wander }) => {
  const softness = random.scale(0.25, 2)
  const waviness = random.between(0, 4)
  return (sheet) => {
    const chance = sheet.random
    const { across } = axesAt(angle + wander * chance.gaussian() + chance.pick([0, Math.PI]))
    const offset = chance.between(-20, 20)
    const wavy = noise(sheet, { slope: 1.8, cut: 0.4 })
    const inner = noise(sheet, { slope: 0.7 })
    return {
      weight: drawTexture(
        sheet.size,
        (x, y, pixel) =>
          sigmoid((across(x, y) + offset + waviness * wavy(pixel)) / softness) * (1 + 0.2 * inner(pixel)),
      ),
    }
  }
}
