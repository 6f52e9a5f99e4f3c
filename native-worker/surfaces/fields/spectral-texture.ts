import { seededRandom } from '../../random/seeded-random.ts'
import type { Sheet } from '../drawing/sheet.ts'
import { textureOf, type Texture } from '../drawing/texture.ts'
import { inverseFourierPlane } from './fourier.ts'
import { frequenciesOf } from './frequencies.ts'

/**
 * Noise with the given strength at every frequency (cycles per 64th of the edge). Mean 0; deviation 1 in a picture of 64 pixels,
 * and the same coarse features at every other size, with more fine ones.
 */
export function spectralTexture({ size, random }: Sheet, strength: (across: number, down: number) => number): Texture {
  const chance = seededRandom(random.seed())
  const { across, down, coarse } = frequenciesOf(size)
  const spectrum = new Float64Array(2 * size * size)
  let power = 0
  for (let index = 0; index < across.length; index++) {
    const u = across[index] ?? 0
    const v = down[index] ?? 0
    const amount = strength(u / 64, v / 64)
    const real = amount * chance.between(-1, 1)
    const imaginary = amount * chance.between(-1, 1)
    if (index < coarse) power += 2 * (real * real + imaginary * imaginary)
    const place = 2 * (((v + size) % size) * size + ((u + size) % size))
    const mirrored = 2 * (((size - v) % size) * size + ((size - u) % size))
    spectrum[place] = spectrum[mirrored] = real
    spectrum[place + 1] = imaginary
    spectrum[mirrored + 1] = -imaginary
  }
  // Parseval: the squares of the spectrum add up to those of the picture, size² times.
  const scale = (size * size) / Math.sqrt(power + 1e-30)
  const values = inverseFourierPlane(spectrum, size)
  for (let pixel = 0; pixel < values.length; pixel++) values[pixel] = (values[pixel] ?? 0) * scale
  return textureOf({ size, values })
}
