import type { Tensor2D } from '@tensorflow/tfjs'
import { RandomStream } from '../../random/random-stream.ts'

/** A latent of a recipe that composes is the seed of a composition: two normal deviates, whose bits start a stream. */
export const composedLatentLength = 2

/**
 * The stream of each latent.
 * @param latents [n, 2]
 * @param purpose keeps the streams of different recipes apart
 */
export function latentStreams(latents: Tensor2D, purpose: string): readonly RandomStream[] {
  const bits = new Uint32Array(latents.dataSync<'float32'>().slice().buffer)
  return Array.from({ length: latents.shape[0] }, (_, index) =>
    RandomStream.fromSeed((bits[2 * index] ?? 0) * 2 ** 20 + ((bits[2 * index + 1] ?? 0) >>> 12), purpose),
  )
}
