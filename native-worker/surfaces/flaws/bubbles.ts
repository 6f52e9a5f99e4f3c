import { bell, sigmoid } from '../drawing/curves.ts'
import { emptyPlane, paintNear } from '../drawing/plane.ts'
import { textureOf } from '../drawing/texture.ts'
import { countNow, place } from './character.ts'
import type { Flaw } from './flaw.ts'

/** Blisters: a ring, brighter or darker inside, lit from one side. */
export const bubbles: Flaw = (random, character) => {
  const ring = Math.min(1.4, 0.6 * character.width)
  const inner = random.between(-0.4, 0.5)
  const oneSided = random.between(0, 0.9)
  return (sheet) => {
    const chance = sheet.random
    const rings = emptyPlane(sheet.size)
    for (let left = countNow(chance, character, 8); left > 0; left--) {
      const centre = place(chance, character)
      const radius = chance.scale(1.8, 7) * character.zoom
      const strength = chance.between(0.6, 1)
      paintNear(rings, { ...centre, reach: radius + 4 }, (value, x, y) => {
        const distance = Math.hypot(x - centre.x, y - centre.y)
        const facing = Math.cos(Math.atan2(y - centre.y, x - centre.x) - character.light)
        const drawn =
          bell((distance - radius) / Math.max(0.6, ring)) * (1 - oneSided * (0.5 + 0.5 * facing)) +
          inner * sigmoid((radius - distance) * 2)
        return Math.abs(drawn) > Math.abs(value) ? strength * drawn : value
      })
    }
    return { weight: textureOf(rings) }
  }
}
