import { bell } from '../drawing/curves.ts'
import { drawTexture } from '../drawing/texture.ts'
import { cells } from '../fields/cells.ts'
import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** Crystals, each with its own brightness, as on galvanised sheet or polycrystalline wafers. */
export const spangled: Ground = (random) => {
  const width = random.scale(6, 22)
  const stretch = random.scale(0.6, 1.7)
  const seams = random.happens(0.4) ? random.between(0.5, 2) : 0
  const seamWidth = random.between(0.5, 1.3)
  return (sheet, { contrast }) => {
    const { tone, inside } = cells(sheet, { width, disorder: 1, stretch })
    const haze = noise(sheet, { slope: 0.5 })
    return drawTexture(
      sheet.size,
      (_x, _y, pixel) =>
        contrast * (2.6 * (tone(pixel) - 0.5) + 0.4 * haze(pixel) - seams * bell(inside(pixel) / seamWidth)),
    )
  }
}
