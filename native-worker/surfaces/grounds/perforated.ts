import { axesAt } from '../drawing/axes.ts'
import { bell, sigmoid } from '../drawing/curves.ts'
import { drawTexture } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** A plate with rows of holes, in line or staggered, each with a lit edge. */
export const perforated: Ground = (random) => {
  const pitch = random.scale(6, 18)
  const radius = pitch * random.between(0.18, 0.36)
  const stagger = random.pick([0, 0.5])
  const depth = random.between(0.3, 0.9) * random.pick([-1, -1, 1])
  const lip = random.between(0, 0.35)
  const light = random.between(0, 6.3)
  return (sheet, { angle, contrast }) => {
    const { along, across } = axesAt(angle)
    const plate = noise(sheet, { slope: 0.8, stretch: 3, angle })
    const shift = { x: sheet.random.between(0, 1), y: sheet.random.between(0, 1) }
    return drawTexture(sheet.size, (x, y, pixel) => {
      const row = across(x, y) / pitch + shift.y
      const column = along(x, y) / pitch + shift.x + stagger * (Math.floor(row) & 1)
      const dx = (column - Math.floor(column) - 0.5) * pitch
      const dy = (row - Math.floor(row) - 0.5) * pitch
      const distance = Math.hypot(dx, dy)
      const facing = (dx * Math.cos(light) + dy * Math.sin(light)) / (distance + 0.1)
      const edge = lip * bell((distance - radius - 0.6) / 0.7) * facing
      return contrast * 0.7 * plate(pixel) + depth * sigmoid((radius - distance) * 3) + edge
    })
  }
}
