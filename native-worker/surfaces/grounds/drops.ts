import { bell, sigmoid } from '../drawing/curves.ts'
import { emptyPlane, paintNear } from '../drawing/plane.ts'
import { drawTexture, textureOf } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import type { Ground } from './ground.ts'

/** Water on a pane: round lenses with a rim, a slope of light and a glint. */
export const drops: Ground = (random) => {
  const count = random.between(4, 18)
  const largest = random.between(3, 8)
  const flatness = random.between(0.75, 1)
  const strength = random.between(0.15, 0.5)
  const rim = random.pick([-1, 1])
  const glint = random.between(0, 0.4)
  const light = random.between(0, 6.3)
  return (sheet, { contrast }) => {
    const chance = sheet.random
    const water = emptyPlane(sheet.size)
    const towards = { x: Math.cos(light), y: Math.sin(light) }
    const drops = chance.count(count)
    for (let drop = 0; drop < drops; drop++) {
      const radius = chance.scale(1, largest)
      const centre = { x: chance.between(0, 64), y: chance.between(0, 64) }
      paintNear(water, { ...centre, reach: radius * 1.4 + 2 }, (value, x, y) => {
        const dx = x - centre.x
        const dy = (y - centre.y) * flatness
        const distance = Math.hypot(dx, dy)
        const slope = (sigmoid((radius - distance) * 2) * (dx * towards.x + dy * towards.y)) / radius
        const shine = bell(
          Math.hypot(dx - radius * 0.4 * towards.x, dy - radius * 0.4 * towards.y) / (0.3 * radius + 0.3),
        )
        return value + strength * (rim * bell((distance - radius) / 0.8) - 0.5 * slope) + glint * shine
      })
    }
    const wet = textureOf(water)
    const pane = noise(sheet, { slope: 1.5 })
    return drawTexture(sheet.size, (_x, _y, pixel) => wet(pixel) + 0.3 * contrast * pane(pixel))
  }
}
