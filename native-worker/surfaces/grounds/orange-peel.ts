import { bandNoise } from '../fields/band-noise.ts'
import { noise } from '../fields/noise.ts'
import { relief } from '../fields/relief.ts'
import type { Ground } from './ground.ts'

/** Sprayed lacquer that did not flow out: shallow, even waves, lit from the side. */
export const orangePeel: Ground = (random) => {
  const frequency = random.between(0.06, 0.25)
  const width = random.between(0.03, 0.08)
  const light = random.between(0, 6.3)
  const haze = random.between(0.1, 0.9)
  return (sheet, { contrast }) => {
    const waves = relief(bandNoise(sheet, { frequency, width }), { size: sheet.size, light })
    const slow = noise(sheet, { slope: 1.8, cut: 0.2 })
    return (pixel) => contrast * (0.8 * waves(pixel) + haze * slow(pixel))
  }
}
