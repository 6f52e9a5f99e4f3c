import type { SeededRandom } from '../../random/seeded-random.ts'
import { paint, type Plane } from '../../surfaces/drawing/plane.ts'
import { layeredNoise, valueNoise } from '../../surfaces/fields/value-noise.ts'

/** A piece of steel while it is drawn: brightness 0 (black) to 1. */
export interface Steel extends Plane {
  /** Where the light comes from, radians: every shadow of a picture agrees with it. */
  readonly light: number
}

/** Rolled steel under a lamp: streaks along the rolling direction, faint waviness, uneven light. */
export function drawSteel(random: SeededRandom, size: number): Steel {
  const steel: Steel = { size, values: new Float64Array(size * size), light: random.between(-2.6, -0.5) }
  const level = random.between(0.4, 0.64)
  const tilt = random.between(-0.07, 0.07)
  const gradient = random.between(0.02, 0.12)
  const vignette = random.between(0, 0.07)
  const strength = random.between(0.7, 1.3)
  const layers = [
    { field: valueNoise(random, random.between(60, 140), random.between(2.6, 4.5)), weight: 0.05 },
    { field: valueNoise(random, random.between(30, 70), random.between(1, 1.5)), weight: 0.045 },
    { field: valueNoise(random, random.between(8, 18), 0.8), weight: 0.03 },
  ]
  const waviness = layeredNoise(random, 30, 2)
  // Here and there one roll mark stands out.
  const marks = Array.from({ length: random.integer(0, 2) }, () => ({
    y: random.between(0, 64),
    depth: random.between(-0.06, 0.05),
  }))
  paint(steel, (_, x, y) => {
    const along = x + y * tilt
    const across = y - x * tilt
    let value = level + waviness(x, y) * 0.025
    for (const { field, weight } of layers) value += field(along, across) * weight * strength
    for (const mark of marks) value += mark.depth * Math.max(0, 1 - Math.abs(across - mark.y))
    const dx = (x - 32) / 32
    const dy = (y - 32) / 32
    return value + gradient * (Math.cos(steel.light) * dx + Math.sin(steel.light) * dy) - vignette * (dx * dx + dy * dy)
  })
  return steel
}
