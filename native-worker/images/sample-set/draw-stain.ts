import type { SeededRandom } from '../../random/seeded-random.ts'
import { smoothstep } from '../../surfaces/drawing/curves.ts'
import { paint } from '../../surfaces/drawing/plane.ts'
import { layeredNoise } from '../../surfaces/fields/value-noise.ts'
import type { Steel } from './draw-steel.ts'

/** A dried liquid: a broad, cloudy darkening through which the metal still shows, with a tide mark at its edge. */
export function drawStain(steel: Steel, random: SeededRandom): void {
  const radius = random.between(13, 21)
  const centreX = random.between(24, 40)
  const centreY = random.between(24, 40)
  const stretch = random.between(0.7, 1.4)
  const turn = random.between(0, Math.PI)
  const darkness = random.between(0.22, 0.42)
  const tide = random.between(0.04, 0.18)
  // From a sharp border to one that has bled out.
  const softness = random.between(0.05, 0.3)
  const warp = layeredNoise(random, 15, 3)
  const cloud = layeredNoise(random, 11, 3)
  const droplets = Array.from({ length: random.happens(0.4) ? random.integer(1, 2) : 0 }, () => ({
    angle: random.between(0, 2 * Math.PI),
    distance: random.between(1.15, 1.55) * radius,
    radius: random.between(1.2, 2.8),
  })).map(({ angle, distance, radius: size }) => ({
    x: centreX + Math.cos(angle) * distance,
    y: centreY + Math.sin(angle) * distance,
    radius: size,
  }))
  const cos = Math.cos(turn)
  const sin = Math.sin(turn)
  paint(steel, (brightness, x, y) => {
    const dx = ((x - centreX) * cos + (y - centreY) * sin) * stretch
    const dy = ((y - centreY) * cos - (x - centreX) * sin) / stretch
    let reach = Math.hypot(dx, dy) / radius + warp(x, y) * 0.55
    for (const drop of droplets)
      reach = Math.min(reach, Math.hypot(x - drop.x, y - drop.y) / drop.radius + warp(x, y) * 0.2)
    const inside = 1 - smoothstep(0.98 - softness, 0.98 + softness * 0.6, reach)
    const edge = Math.exp(-(((reach - 0.94) / (0.04 + softness * 0.4)) ** 2))
    return brightness * (1 - darkness * inside * (0.75 + 0.7 * cloud(x, y)) - tide * edge)
  })
}
