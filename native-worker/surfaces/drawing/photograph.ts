import type { SeededRandom } from '../../random/seeded-random.ts'
import type { Plane } from './plane.ts'

/** What the camera adds to a brightness of 0 … 1: grain (a deviation in the same unit) and 8-bit steps. */
export function photograph(
  { values }: Plane,
  { random, grain }: { readonly random: SeededRandom; readonly grain: number },
): Uint8Array {
  const pixels = new Uint8Array(values.length)
  for (let index = 0; index < pixels.length; index++) {
    const value = (values[index] ?? 0) + (grain > 0 ? grain * random.gaussian() : 0)
    pixels[index] = Math.round(Math.min(1, Math.max(0, value)) * 255)
  }
  return pixels
}
