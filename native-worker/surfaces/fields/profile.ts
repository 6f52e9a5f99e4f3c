import { seededRandom, type SeededRandom } from '../../random/seeded-random.ts'
import { inverseFourier } from './fourier.ts'

const count = 256
/** Samples lie this far apart (64ths of the edge); the profile begins again after 102. */
const spacing = 0.4

/** A random line: a value at every position (64ths of the edge). Mean 0, deviation about 1. */
export function profile(
  random: SeededRandom,
  { slope, cut = 1 }: { readonly slope: number; readonly cut?: number },
): (position: number) => number {
  const chance = seededRandom(random.seed())
  const spectrum = new Float64Array(2 * count)
  let power = 0
  for (let index = 1; index < count / 2; index++) {
    const frequency = index / (count * spacing)
    const strength = Math.max(frequency, 1 / 64) ** -slope * Math.exp(-((frequency / cut) ** 2))
    const real = (spectrum[2 * index] = strength * chance.between(-1, 1))
    const imaginary = (spectrum[2 * index + 1] = strength * chance.between(-1, 1))
    power += (real * real + imaginary * imaginary) / 2
  }
  const scale = count / Math.sqrt(power + 1e-30)
  const values = inverseFourier(spectrum)
  return (position) => {
    const place = position / spacing
    const before = Math.floor(place)
    const share = place - before
    const at = (index: number): number => values[index & (count - 1)] ?? 0
    return scale * (at(before) * (1 - share) + at(before + 1) * share)
  }
}
