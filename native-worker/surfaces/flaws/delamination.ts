import { bell, clamp } from '../drawing/curves.ts'
import { islands } from '../fields/islands.ts'
import { noise } from '../fields/noise.ts'
import { shade } from '../fields/shade.ts'
import { textureOf } from '../drawing/texture.ts'
import type { Flaw } from './flaw.ts'

/** A layer has come off: a flat area with a lifted edge that throws a shadow. */
export const delamination: Flaw = (random, { level, light, slope }) => {
  const flatness = random.between(0.2, 0.8)
  const lifted = random.between(0.8, 2)
  return (sheet) => {
    const height = noise(sheet, { slope: 0.7 + 0.7 * slope, cut: 0.35 })
    const area = islands(height, sheet, { level: level * 0.8 + 0.1, steepness: 9 })
    const rim = textureOf(shade(area, { size: sheet.size, light }))
    return {
      weight: (pixel) =>
        flatness * area(pixel) + clamp(lifted * 1.5 * rim(pixel), -1, 1) + 0.15 * bell((area(pixel) - 0.5) / 0.2),
      cover: 0.9,
    }
  }
}
