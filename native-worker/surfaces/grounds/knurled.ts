import { axesAt } from '../drawing/axes.ts'
import { drawTexture } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** A grip of small pyramids: each has a bright flank, a dark one and two between. */
export const knurled: Ground = (random) => {
  const width = random.scale(4, 11)
  const crossing = random.between(0.5, 0.8)
  const light = random.between(0, 6.3)
  const sharpness = random.between(1.5, 6)
  const wear = random.between(0.1, 0.5)
  return (sheet, { angle, contrast }) => {
    const one = axesAt(angle + crossing)
    const other = axesAt(angle - crossing)
    const worn = noise(sheet, { slope: 1.2 })
    const shift = { one: sheet.random.between(0, 1), other: sheet.random.between(0, 1) }
    // A triangle wave's slope, softened: which flank this is.
    const flank = (place: number): number => Math.tanh(sharpness * Math.sin(2 * Math.PI * place))
    return drawTexture(sheet.size, (x, y, pixel) => {
      const left = flank(one.across(x, y) / width + shift.one)
      const right = flank(other.across(x, y) / width + shift.other)
      return contrast * (left * Math.cos(light) + right * Math.sin(light) + wear * worn(pixel))
    })
  }
}
