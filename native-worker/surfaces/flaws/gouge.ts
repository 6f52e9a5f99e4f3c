import { axesAt } from '../drawing/axes.ts'
import { bell, smoothstep } from '../drawing/curves.ts'
import { emptyPlane, paintNear } from '../drawing/plane.ts'
import { textureOf } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import { countNow, place } from './character.ts'
import type { Flaw } from './flaw.ts'

/** A deep furrow that grows wide from nothing and ends in a heap: dark ground, a burr on both sides. */
export const gouge: Flaw = (random, character) => {
  const halfWidth = random.scale(0.9, 2.4) * character.zoom
  const burr = random.between(0.2, 0.8)
  return (sheet) => {
    const chance = sheet.random
    const furrows = emptyPlane(sheet.size)
    const ragged = noise(sheet, { slope: 1, cut: 0.4 })
    const torn = noise(sheet, { slope: 0.6, stretch: 3, angle: character.angle })
    for (let left = countNow(chance, character, 3); left > 0; left--) {
      const start = place(chance, character)
      const length = chance.between(14, 46)
      const { along, across } = axesAt(character.angle + character.wander * chance.gaussian(), start)
      paintNear(furrows, { ...start, reach: length }, (value, x, y, pixel) => {
        const progress = along(x, y) / length + 0.5
        if (progress < 0 || progress > 1.08) return value
        const width = 0.4 + halfWidth * smoothstep(0, 0.9, progress)
        const aside = (Math.abs(across(x, y)) + 0.25 * ragged(pixel)) / width
        const end = 1 - smoothstep(0.97, 1.08, progress)
        const cut =
          (0.75 + 0.25 * torn(pixel)) * (1 - smoothstep(0.4, 1.1, aside)) * end * smoothstep(0, 0.15, progress)
        return value + cut - burr * bell((aside - 1.4) / 0.35) * smoothstep(0.1, 0.4, progress) * end
      })
    }
    return { weight: textureOf(furrows), cover: 0.8 }
  }
}
