import { bell } from '../drawing/curves.ts'
import { drawTexture } from '../drawing/texture.ts'
import { cells } from '../fields/cells.ts'
import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** Open or closed pores side by side: dark hollows between bright walls. */
export const foam: Ground = (random) => {
  const width = random.scale(4, 12)
  const wall = random.between(0.8, 2)
  const depth = random.between(0.5, 1.6)
  return (sheet, { contrast }) => {
    const { tone, inside } = cells(sheet, { width, disorder: 0.9 })
    const haze = noise(sheet, { slope: 1 })
    return drawTexture(sheet.size, (_x, _y, pixel) => {
      const hollow = 1 - bell(inside(pixel) / wall)
      return contrast * (1.2 - hollow * (1 + depth * tone(pixel) * 1.6) + 0.4 * haze(pixel))
    })
  }
}
