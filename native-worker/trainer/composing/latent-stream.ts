import { RandomStream } from '../../random/random-stream.ts'

/** A latent of a recipe that composes is the seed of a composition: two normal deviates, whose bits start a stream. */
export const composedLatentLength = 2

/**
 * @param latent [2]
 * @param purpose keeps the streams of different recipes apart
 */
export function latentStream(latent: Float32Array, purpose: string): RandomStream {
  const [first = 0, second = 0] = new Uint32Array(latent.slice().buffer)
  return RandomStream.fromSeed(first * 2 ** 20 + (second >>> 12), purpose)
}
