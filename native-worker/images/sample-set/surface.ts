import type { SeededRandom } from './seeded-random.ts'
import { layeredNoise, valueNoise } from './value-noise.ts'

/** A grey picture while it is drawn: brightness 0 (black) to 1, row by row. */
export interface Surface {
  /** Pixels per edge. */
  readonly size: number
  readonly brightness: Float64Array
  /** Where the light comes from, radians: every shadow of a picture agrees with it. */
  readonly light: number
}

/** Changes every pixel; coordinates are in 64ths of the edge, so that drawings look alike at every size. */
export function paint(surface: Surface, change: (brightness: number, x: number, y: number) => number): void {
  const unit = 64 / surface.size
  for (let row = 0; row < surface.size; row++)
    for (let column = 0; column < surface.size; column++) {
      const index = row * surface.size + column
      surface.brightness[index] = change(surface.brightness[index] ?? 0, (column + 0.5) * unit, (row + 0.5) * unit)
    }
}

/** Rolled steel under a lamp: streaks along the rolling direction, faint waviness, uneven light. */
export function drawSteel(random: SeededRandom, size: number): Surface {
  const surface: Surface = { size, brightness: new Float64Array(size * size), light: random.between(-2.6, -0.5) }
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
  paint(surface, (_, x, y) => {
    const along = x + y * tilt
    const across = y - x * tilt
    let value = level + waviness(x, y) * 0.025
    for (const { field, weight } of layers) value += field(along, across) * weight * strength
    for (const mark of marks) value += mark.depth * Math.max(0, 1 - Math.abs(across - mark.y))
    const dx = (x - 32) / 32
    const dy = (y - 32) / 32
    return (
      value + gradient * (Math.cos(surface.light) * dx + Math.sin(surface.light) * dy) - vignette * (dx * dx + dy * dy)
    )
  })
  return surface
}

/** What the camera adds: grain and 8-bit steps. */
export function photograph({ brightness }: Surface, random: SeededRandom): Uint8Array {
  const grain = random.between(0.008, 0.016)
  return Uint8Array.from(brightness, (value) =>
    Math.round(Math.min(1, Math.max(0, value + random.gaussian() * grain)) * 255),
  )
}
