import { drawTexture } from '../drawing/texture.ts'
import { profile } from '../fields/profile.ts'
import type { Ground } from './ground.ts'

/** Turned on a lathe: rings around a centre that lies in the picture or far outside, with the sheen of a cone. */
export const rings: Ground = (random) => {
  const centre = { x: 32 + random.between(-100, 100), y: 32 + random.between(-100, 100) }
  const slope = random.between(0, 0.8)
  const cut = random.between(0.2, 0.6)
  const groove = random.happens(0.5) ? random.between(0.4, 1.6) : 0
  const sheen = random.between(0.1, 0.4)
  return (sheet, { contrast }) => {
    const chance = sheet.random
    const here = { x: centre.x + 6 * chance.gaussian(), y: centre.y + 6 * chance.gaussian() }
    const ring = profile(chance, { slope, cut })
    const phase = { groove: chance.between(0, 6.3), sheen: chance.between(0, 6.3) }
    return drawTexture(sheet.size, (x, y) => {
      const radius = Math.hypot(x - here.x, y - here.y)
      const grooves = groove === 0 ? 0 : Math.sin(radius * groove + phase.groove)
      const shine = 1 - sheen + sheen * Math.cos(2 * Math.atan2(y - here.y, x - here.x) + phase.sheen)
      return contrast * (ring(radius) + grooves) * shine
    })
  }
}
