import { bell, sigmoid } from '../drawing/curves.ts'
import { emptyPlane, paintNear } from '../drawing/plane.ts'
import { textureOf } from '../drawing/texture.ts'
import { countNow, place } from './character.ts'
import type { Flaw } from './flaw.ts'

/** Drops thrown from one point, frozen as beads: each with a glint, smaller the further they flew. */
export const spatter: Flaw = (random, character) => {
  const largest = random.scale(1.4, 4) * character.zoom
  const fan = random.between(0.3, 3)
  const glint = random.between(0.6, 1.8)
  return (sheet) => {
    const chance = sheet.random
    const beads = emptyPlane(sheet.size)
    const origin = place(chance, character)
    const aim = chance.between(0, 2 * Math.PI)
    for (let left = 4 + 2 * countNow(chance, character, 12); left > 0; left--) {
      const distance = Math.abs(chance.gaussian()) * 16
      const angle = aim + fan * chance.gaussian()
      const bead = { x: origin.x + distance * Math.cos(angle), y: origin.y + distance * Math.sin(angle) }
      const radius = Math.max(0.7, (largest * chance.between(0.3, 1)) / (1 + distance / 20))
      const shine = {
        x: bead.x + 0.35 * radius * Math.cos(character.light),
        y: bead.y + 0.35 * radius * Math.sin(character.light),
      }
      paintNear(beads, { ...bead, reach: radius + 3 }, (value, x, y) => {
        const body = sigmoid((radius - Math.hypot(x - bead.x, y - bead.y)) * 3)
        return Math.max(value, body) - glint * body * bell(Math.hypot(x - shine.x, y - shine.y) / (0.4 * radius + 0.2))
      })
    }
    return { weight: textureOf(beads), cover: 1 }
  }
}
