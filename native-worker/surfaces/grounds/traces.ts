import { clamp, sigmoid } from '../drawing/curves.ts'
import { emptyPlane, paintNear } from '../drawing/plane.ts'
import { drawTexture, textureOf } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** Conductors on a board: wide lines with right angles and round pads with a hole. */
export const traces: Ground = (random) => {
  const halfWidth = random.between(1.1, 3)
  const lines = random.integer(3, 8)
  const pads = random.between(0, 1)
  const tone = random.between(0.2, 0.65) * random.pick([1, 1, -1])
  return (sheet, { contrast }) => {
    const chance = sheet.random
    const copper = emptyPlane(sheet.size)
    const pad = (x: number, y: number): void =>
      paintNear(copper, { x, y, reach: 2 * halfWidth + 3 }, (value, px, py) => {
        const distance = Math.hypot(px - x, py - y)
        const disc = Math.max(value, sigmoid((2 * halfWidth + 0.8 - distance) * 4))
        return disc * sigmoid((distance - halfWidth * 0.7) * 4)
      })
    for (let line = 0; line < lines; line++) {
      let x = chance.between(0, 64)
      let y = chance.between(0, 64)
      let isLevel = chance.happens(0.5)
      for (let part = 0; part < 4; part++, isLevel = !isLevel) {
        const length = chance.between(8, 40) * chance.pick([-1, 1])
        const end = { x: isLevel ? x + length : x, y: isLevel ? y : y + length }
        const [left, right] = [Math.min(x, end.x), Math.max(x, end.x)]
        const [top, bottom] = [Math.min(y, end.y), Math.max(y, end.y)]
        const middle = { x: (left + right) / 2, y: (top + bottom) / 2, reach: Math.abs(length) / 2 + halfWidth + 2 }
        paintNear(copper, middle, (value, px, py) => {
          const distance = Math.hypot(px - clamp(px, left, right), py - clamp(py, top, bottom))
          return Math.max(value, sigmoid((halfWidth - distance) * 4))
        })
        x = end.x
        y = end.y
      }
      if (chance.happens(pads)) pad(x, y)
    }
    const covered = textureOf(copper)
    const laminate = noise(sheet, { slope: 0.6 })
    return drawTexture(sheet.size, (_x, _y, pixel) => tone * covered(pixel) + 0.35 * contrast * laminate(pixel))
  }
}
