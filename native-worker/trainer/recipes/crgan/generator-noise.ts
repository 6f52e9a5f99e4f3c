import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs'
import { drawNoise } from '../../../random/normal-table.ts'
import { RandomStream } from '../../../random/random-stream.ts'
import type { TensorFlow } from '../../engines/engine.ts'
import { crganBlocks, type CrganShape } from './crgan-architecture.ts'

/** A map of standard normal values an image and resolution, from the coarsest to the image's own: each [batch, edge², 1]. */
export type NoiseMaps = readonly Tensor3D[]

/**
 * The noise that belongs to each latent: drawn from a stream that the latent seeds, so that the same latent gives the same image,
 * alone or in a batch. Empty in the first edition.
 */
export function noiseOf(tf: TensorFlow, latents: Tensor2D, shape: CrganShape): NoiseMaps {
  if (shape.edition === '1') return []
  const [batch, length] = latents.shape
  const values = latents.dataSync<'float32'>()
  const edges = [...crganBlocks(shape).map(({ resolution }) => resolution), shape.size]
  const maps = edges.map((edge) => new Float32Array(batch * edge * edge))
  for (let image = 0; image < batch; image++) {
    const random = RandomStream.fromSeed(hashOf(values.subarray(image * length, (image + 1) * length)), 'noise')
    edges.forEach((edge, index) => {
      const map = maps[index]
      if (map !== undefined) drawNoise(random, map.subarray(image * edge * edge, (image + 1) * edge * edge))
    })
  }
  return maps.map((map, index) => tf.tensor3d(map, [batch, (edges[index] ?? 0) ** 2, 1]))
}

/** FNV-1a over the bits of the numbers. */
function hashOf(latent: Float32Array): number {
  const words = new Uint32Array(latent.slice().buffer)
  let hash = 0x811c9dc5
  for (const word of words) hash = Math.imul(hash ^ word, 0x01000193) ^ (hash >>> 15)
  return hash >>> 0
}
