import { bell } from '../drawing/curves.ts'
import { drawTexture } from '../drawing/texture.ts'
import { bandNoise } from '../fields/band-noise.ts'
import { cells } from '../fields/cells.ts'
import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** Ceramic glaze: it pooled unevenly, speckles shine through, and at times a net of fine lines. */
export const glazed: Ground = (random) => {
  const width = random.between(9, 26)
  const net = random.happens(0.5) ? random.between(0.6, 2) : 0
  const speckles = random.between(0, 2)
  const rarity = random.between(1.6, 2.4)
  const speckleSize = random.between(0.12, 0.3)
  return (sheet, { contrast }) => {
    const pool = noise(sheet, { slope: 1.9, cut: 0.25 })
    const { inside } = cells(sheet, { width, disorder: 1 })
    const bend = noise(sheet, { slope: 1.6, cut: 0.3 })
    const dust = bandNoise(sheet, { frequency: speckleSize, width: 0.08 })
    return drawTexture(
      sheet.size,
      (_x, _y, pixel) =>
        contrast *
        (0.8 * pool(pixel) -
          net * bell((inside(pixel) + 0.3 * bend(pixel)) / 0.6) -
          speckles * Math.max(0, dust(pixel) - rarity)),
    )
  }
}
