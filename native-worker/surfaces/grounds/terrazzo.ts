import { bell, sigmoid } from '../drawing/curves.ts'
import { drawTexture } from '../drawing/texture.ts'
import { cells } from '../fields/cells.ts'
import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** Stones of many greys in a matrix: terrazzo, concrete, filled resin. */
export const terrazzo: Ground = (random) => {
  const width = random.scale(4, 13)
  const gap = random.between(0.8, 3.5)
  const share = random.between(0.3, 0.9)
  const matrix = random.between(-1, 1)
  const shadow = random.between(0, 0.8)
  return (sheet, { contrast }) => {
    const { tone, inside } = cells(sheet, { width, disorder: 0.95 })
    const bend = noise(sheet, { slope: 1, cut: 0.4 })
    const dust = noise(sheet, { slope: 0.3 })
    return drawTexture(sheet.size, (_x, _y, pixel) => {
      const depth = inside(pixel) + 0.5 * bend(pixel) - gap
      const isStone = tone(pixel) < share
      const stone = isStone ? sigmoid(3 * depth) : 0
      const grey = (3 * tone(pixel)) / share - 1.5
      const rim = isStone ? shadow * bell(depth / 0.7) : 0
      return contrast * (stone * grey + (1 - stone) * matrix - rim + 0.35 * dust(pixel))
    })
  }
}
