import { clamp } from '../drawing/curves.ts'
import { drawTexture } from '../drawing/texture.ts'
import { cells } from '../fields/cells.ts'
import { noise } from '../fields/noise.ts'
import { relief } from '../fields/relief.ts'
import type { Ground } from './ground.ts'

/** Beaten metal or hammer paint: shallow bowls side by side, each with its lit flank. */
export const hammered: Ground = (random) => {
  const width = random.scale(6, 20)
  const disorder = random.between(0.4, 1)
  const light = random.between(0, 6.3)
  const depth = random.between(1.5, 5)
  return (sheet, { contrast }) => {
    const { inside } = cells(sheet, { width, disorder })
    const bowl = drawTexture(sheet.size, (_x, _y, pixel) => Math.sqrt(clamp(inside(pixel), 0, width)) * depth)
    const lit = relief(bowl, { size: sheet.size, light })
    const haze = noise(sheet, { slope: 0.9 })
    return (pixel) => contrast * (0.9 * clamp(lit(pixel), -2.5, 2.5) + 0.3 * haze(pixel))
  }
}
