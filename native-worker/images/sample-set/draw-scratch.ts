import type { SeededRandom } from '../../random/seeded-random.ts'
import { smoothstep } from '../../surfaces/drawing/curves.ts'
import { paint } from '../../surfaces/drawing/plane.ts'
import { valueNoise } from '../../surfaces/fields/value-noise.ts'
import type { Steel } from './draw-steel.ts'

/** One to three bright grooves with a dark burr on one side, uneven in depth and fading at both ends. */
export function drawScratch(steel: Steel, random: SeededRandom): void {
  const angle = random.happens(0.7) ? random.between(0.35, 2.8) : random.between(-0.3, 0.3)
  const count = random.happens(0.55) ? 1 : random.integer(2, 3)
  const centreX = random.between(20, 44)
  const centreY = random.between(20, 44)
  for (let i = 0; i < count; i++) {
    const offset = i === 0 ? 0 : random.between(3, 9) * (i % 2 === 0 ? -1 : 1)
    drawGroove(steel, random, {
      x: centreX - Math.sin(angle) * offset,
      y: centreY + Math.cos(angle) * offset,
      angle: angle + random.between(-0.06, 0.06),
      // The first is the one that matters; its companions are fainter.
      depth: i === 0 ? random.between(0.26, 0.42) : random.between(0.12, 0.26),
    })
  }
}

interface Groove {
  readonly x: number
  readonly y: number
  readonly angle: number
  readonly depth: number
}

function drawGroove(steel: Steel, random: SeededRandom, { x: centreX, y: centreY, angle, depth }: Groove): void {
  const halfLength = random.between(16, 38)
  const bend = random.between(-0.006, 0.006)
  const halfWidth = random.between(0.55, 1.15)
  const burr = random.between(0.35, 0.75)
  const unevenness = valueNoise(random, random.between(3, 7), 1000)
  const wobble = valueNoise(random, 9, 1000)
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  paint(steel, (brightness, x, y) => {
    const along = (x - centreX) * cos + (y - centreY) * sin
    const across = (y - centreY) * cos - (x - centreX) * sin - bend * along * along - wobble(along + 500, 0) * 0.35
    if (Math.abs(across) > 4 || Math.abs(along) > halfLength) return brightness
    const fade = smoothstep(0, 10, halfLength - Math.abs(along)) * (0.78 + 0.4 * unevenness(along + 500, 0))
    const ridge = Math.exp(-((across / halfWidth) ** 2))
    const shadow = Math.exp(-(((across - halfWidth * 2.1) / (halfWidth * 1.1)) ** 2))
    return brightness + depth * fade * (ridge - burr * shadow)
  })
}
