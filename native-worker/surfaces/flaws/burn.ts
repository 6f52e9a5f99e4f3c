import { bell } from '../drawing/curves.ts'
import { emptyPlane, paint } from '../drawing/plane.ts'
import { textureOf } from '../drawing/texture.ts'
import { noise } from '../fields/noise.ts'
import { countNow, place } from './character.ts'
import type { Flaw } from './flaw.ts'

/** Heat: a scorched middle and tempering halos around it. */
export const burn: Flaw = (random, character) => {
  const halos = random.between(0.2, 0.8)
  const spacing = random.between(1.4, 3)
  return (sheet) => {
    const chance = sheet.random
    const burns = emptyPlane(sheet.size)
    const uneven = noise(sheet, { slope: 1.6, cut: 0.3 })
    for (let left = countNow(chance, character, 3); left > 0; left--) {
      const centre = place(chance, character)
      const radius = chance.scale(2.5, 9) * character.zoom
      paint(burns, (value, x, y, pixel) => {
        const distance = Math.hypot(x - centre.x, y - centre.y) / radius + 0.15 * uneven(pixel)
        const halo = halos * (0.5 + 0.5 * Math.cos((distance * 2 * Math.PI) / spacing)) * Math.exp(-distance)
        return Math.max(value, bell(distance) * 0.9 + halo * (distance > 0.7 ? 1 : distance / 0.7) * 0.6)
      })
    }
    return { weight: textureOf(burns), cover: 0.4 }
  }
}
