import type { Plane } from '../drawing/plane.ts'
import type { Tint } from './tint.ts'

/** [size, size, 3], 0 … 1: each pixel in its family's colour for its brightness, and the defect in the defect's. */
export function colourIn(
  { size, values }: Plane,
  { mask, tint }: { readonly mask: Plane; readonly tint: Tint },
): Plane {
  const coloured = new Float64Array(3 * values.length)
  for (let pixel = 0; pixel < values.length; pixel++) {
    const brightness = Math.min(1, Math.max(0, values[pixel] ?? 0))
    const share = mask.values[pixel] ?? 0
    const surface = tint.surface(brightness)
    const flaw = tint.flaw(brightness)
    for (const channel of [0, 1, 2] as const)
      coloured[3 * pixel + channel] = surface[channel] + share * (flaw[channel] - surface[channel])
  }
  return { size, values: coloured }
}
