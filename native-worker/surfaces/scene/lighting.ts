import type { SeededRandom } from '../../random/seeded-random.ts'
import { bell } from '../drawing/curves.ts'
import type { Sheet } from '../drawing/sheet.ts'

/** How a family is lit; each picture then has its own light. Tones: −1 is black, 1 white. */
export function drawLighting(random: SeededRandom): (sheet: Sheet) => (x: number, y: number) => number {
  const slant = random.pick([0, random.between(0.05, 0.4)])
  const glare = random.pick([0, 0, random.between(0.15, 0.6)])
  const isGlareUpright = random.happens(0.5)
  const vignette = random.pick([0, 0, random.between(0.05, 0.5)])
  return ({ random: chance }) => {
    const angle = chance.between(0, 2 * Math.PI)
    const amount = slant * chance.between(0, 1)
    const [across, down] = [(amount * Math.cos(angle)) / 32, (amount * Math.sin(angle)) / 32]
    const shine = {
      strength: chance.happens(0.6) ? glare * chance.between(0.3, 1) : 0,
      place: chance.between(-5, 69),
      width: chance.scale(4, 16),
    }
    return (x, y) => {
      const dx = x - 32
      const dy = y - 32
      const line =
        shine.strength === 0 ? 0 : shine.strength * bell(((isGlareUpright ? x : y) - shine.place) / shine.width)
      const corner = vignette === 0 ? 0 : vignette * ((dx * dx + dy * dy) / 1500) ** 1.5
      return across * dx + down * dy + line - corner
    }
  }
}
