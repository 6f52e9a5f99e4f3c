import { bell } from '../drawing/curves.ts'
import { drawTexture } from '../drawing/texture.ts'
import { cells } from '../fields/cells.ts'
import { noise } from '../fields/noise.ts'
import { relief } from '../fields/relief.ts'
import type { Ground } from './ground.ts'

/** Small pads between creases, real or pressed into plastic. */
export const leather: Ground = (random) => {
  const width = random.scale(4, 10)
  const stretch = random.scale(0.6, 1.7)
  const crease = random.between(0.7, 1.6)
  const light = random.between(0, 6.3)
  return (sheet, { contrast }) => {
    const { inside } = cells(sheet, { width, disorder: 1, stretch })
    const bend = noise(sheet, { slope: 1.2, cut: 0.4 })
    const height = drawTexture(sheet.size, (_x, _y, pixel) => -bell((inside(pixel) + 0.4 * bend(pixel)) / crease))
    const lit = relief(height, { size: sheet.size, light })
    return (pixel) => contrast * (0.7 * lit(pixel) + 1.3 * height(pixel) + 0.4 + 0.2 * bend(pixel))
  }
}
