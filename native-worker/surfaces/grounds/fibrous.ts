import { emptyPlane } from '../drawing/plane.ts'
import { textureOf } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import { strokeLine } from '../strokes/stroke-line.ts'
import type { Ground } from './ground.ts'

/** Loose fibres over each other: felt, fleece, paper, chipboard. */
export const fibrous: Ground = (random) => {
  const count = random.between(30, 80)
  const length = random.between(8, 30)
  const width = random.between(0.55, 1.1)
  const disorder = random.pick([0.2, 3, 3])
  const sign = random.pick([-1, 1])
  const bend = random.between(0, 8)
  return (sheet, { angle, contrast }) => {
    const chance = sheet.random
    const fibres = emptyPlane(sheet.size)
    const drawn = chance.count(count)
    for (let fibre = 0; fibre < drawn; fibre++)
      strokeLine(fibres, {
        ...{ x: chance.between(-4, 68), y: chance.between(-4, 68), angle: angle + disorder * chance.gaussian() },
        ...{ length: length * chance.between(0.5, 1.5), width: width * chance.between(0.8, 1.4) },
        ...{ bend: bend * chance.gaussian(), strength: chance.between(0.3, 1) },
        unevenness: { depth: 0, speed: 0, phase: 0 },
      })
    const seen = textureOf(fibres)
    const bed = noise(sheet, { slope: 1 })
    return (pixel) => contrast * (sign * 2.2 * (seen(pixel) - 0.3) + 0.5 * bed(pixel))
  }
}
