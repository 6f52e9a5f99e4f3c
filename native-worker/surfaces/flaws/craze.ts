import { bell, clamp } from '../drawing/curves.ts'
import { noise } from '../fields/noise.ts'
import type { Flaw } from './flaw.ts'

/** A net of fine cracks, here and there denser. */
export const craze: Flaw = (random, { slope, stretch, angle, zoom }) => {
  const thinness = random.between(0.1, 0.22)
  return (sheet) => {
    const height = noise(sheet, { slope: slope * 0.8 + 0.4, stretch: 1 + (stretch - 1) / 2, angle, cut: 0.35 / zoom })
    const density = noise(sheet, { slope: 1.7, cut: 0.15 })
    return { weight: (pixel) => bell(height(pixel) / thinness) * clamp(0.45 + 0.5 * density(pixel), 0, 1) }
  }
}
