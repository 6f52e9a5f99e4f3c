import type { SeededRandom } from '../../random/seeded-random.ts'
import { smoothstep } from '../../surfaces/drawing/curves.ts'
import { paint } from '../../surfaces/drawing/plane.ts'
import { layeredNoise } from '../../surfaces/fields/value-noise.ts'
import type { Steel } from './draw-steel.ts'

/** Corrosion craters: dark, ragged, with a lit far wall and a bright lip; one large one or a scatter of small ones. */
export function drawPit(steel: Steel, random: SeededRandom): void {
  const isScatter = random.happens(0.5)
  const count = isScatter ? random.integer(4, 9) : random.integer(1, 2)
  const centreX = random.between(20, 44)
  const centreY = random.between(20, 44)
  for (let i = 0; i < count; i++) {
    const spread = i === 0 ? 0 : isScatter ? 9 : 6
    drawCrater(steel, random, {
      x: centreX + random.gaussian() * spread,
      y: centreY + random.gaussian() * spread,
      radius: isScatter ? random.between(1.3, 3.2) : random.between(3.8, i === 0 ? 7.5 : 4.5),
    })
  }
}

interface Crater {
  readonly x: number
  readonly y: number
  readonly radius: number
}

function drawCrater(steel: Steel, random: SeededRandom, { x: centreX, y: centreY, radius }: Crater): void {
  const depth = random.between(0.45, 0.72)
  const floor = layeredNoise(random, 3, 2)
  const lip = random.between(0.08, 0.18)
  const stretch = random.between(0.75, 1.3)
  // A ragged outline: a few harmonics of the angle.
  const harmonics = [2, 3, 5].map((order) => ({
    order,
    amount: random.between(0.04, 0.17) / Math.sqrt(order / 2),
    phase: random.between(0, 2 * Math.PI),
  }))
  paint(steel, (brightness, x, y) => {
    const dx = (x - centreX) * stretch
    const dy = (y - centreY) / stretch
    const distance = Math.hypot(dx, dy)
    if (distance > radius * 2.2) return brightness
    const angle = Math.atan2(dy, dx)
    const outline = harmonics.reduce(
      (sum, { order, amount, phase }) => sum + amount * Math.cos(order * angle + phase),
      1,
    )
    const reach = distance / (radius * outline)
    const inside = 1 - smoothstep(0.72, 1.08, reach)
    const facing = Math.cos(angle - steel.light)
    const wall = smoothstep(0.35, 0.85, reach) * (1 - smoothstep(0.85, 1.1, reach))
    const rim = Math.exp(-(((reach - 1.18) / 0.16) ** 2))
    // The wall away from the lamp looks at it; the lip nearest to it shines.
    const bottom = 1 - depth * inside * (0.9 + 0.3 * floor(x, y))
    return brightness * bottom - 0.1 * facing * wall + lip * rim * (0.45 + 0.55 * facing)
  })
}
