import { axesAt } from '../drawing/axes.ts'
import { drawTexture } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** A screw or a ribbed tube from the side: even flanks, darker towards both sides of the round. */
export const threaded: Ground = (random) => {
  const pitch = random.scale(3.5, 13)
  const lean = random.between(-0.25, 0.25)
  const sharpness = random.between(0.2, 1)
  const roundness = random.between(0, 0.5)
  const middle = random.between(20, 44)
  return (sheet, { angle, contrast }) => {
    const { along, across } = axesAt(angle + lean)
    const scuffs = noise(sheet, { slope: 0.7, stretch: 8, angle: angle + lean })
    const shift = sheet.random.between(0, 1)
    const centre = middle - 32 + sheet.random.gaussian()
    return drawTexture(sheet.size, (x, y, pixel) => {
      const turn = across(x, y) / pitch + shift
      const phase = turn - Math.floor(turn)
      // A saw with one steep flank, as wide as sharpness leaves it.
      const flank = phase < sharpness * 0.8 ? phase / (sharpness * 0.8) : (1 - phase) / (1 - sharpness * 0.8)
      const side = ((along(x, y) - centre) / 32) ** 2
      return contrast * (3 * (flank - 0.5) + 0.4 * scuffs(pixel)) * (1 - 0.5 * roundness * side) - roundness * side
    })
  }
}
