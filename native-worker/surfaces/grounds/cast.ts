import { bandNoise } from '../fields/band-noise.ts'
import { noise } from '../fields/noise.ts'
import { relief } from '../fields/relief.ts'
import type { Ground } from './ground.ts'

/** Cast skin: lumps or a labyrinth of one size, lit from the side or dark and bright themselves. */
export const cast: Ground = (random) => {
  const frequency = random.between(0.03, 0.15)
  const width = random.between(0.015, 0.05)
  const isLit = random.happens(0.5)
  const light = random.between(0, 6.3)
  const hardness = random.between(0.5, 2.5)
  return (sheet, { contrast }) => {
    const lumps = bandNoise(sheet, { frequency, width })
    const seen = isLit
      ? relief(lumps, { size: sheet.size, light })
      : (pixel: number) => Math.tanh(lumps(pixel) * hardness) * 1.2
    const dust = noise(sheet, { slope: 0.3 })
    return (pixel) => contrast * (seen(pixel) + 0.25 * dust(pixel))
  }
}
