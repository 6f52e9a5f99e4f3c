import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import type { Channels } from '../../../contract/project.ts'
import type { FeatureMatrix } from '../../metrics/feature-matrix.ts'
import type { Engine } from '../engines/engine.ts'

/** Maps images to the space in which they are compared. */
export interface FeatureNetwork {
  readonly length: number
  /** [n, size, size, channels] in [-1, 1] to [n, length] */
  extract(images: Tensor4D): Tensor2D
  dispose(): void
}

/** Square images in memory, uint8, channels last. */
export interface ImageBatch {
  /** count · size · size · channels bytes */
  readonly pixels: Uint8Array
  readonly count: number
  readonly size: number
  readonly channels: Channels
}

const chunk = 32

/** Features of every image; 32 of them at a time, so that memory does not grow with the set. */
export function extractFeatures(
  { engine, network }: { engine: Engine; network: FeatureNetwork },
  batch: ImageBatch,
): FeatureMatrix {
  const { count } = batch
  const values = new Float32Array(count * network.length)
  for (let start = 0; start < count; start += chunk) {
    const length = Math.min(chunk, count - start)
    // Not as tidy's result: tfjs looks for tensors in there, number by number.
    engine.tf.tidy(() => {
      const features = network.extract(toTensor(engine, batch, { start, length })).dataSync<'float32'>()
      values.set(features, start * network.length)
    })
  }
  return { rows: count, columns: network.length, values }
}

/** Some of the images as [length, size, size, channels] in [-1, 1]. */
export function toTensor(
  { tf }: Engine,
  { pixels, size, channels }: ImageBatch,
  { start, length }: { start: number; length: number },
): Tensor4D {
  const imageLength = size * size * channels
  const bytes = pixels.subarray(start * imageLength, (start + length) * imageLength)
  return tf.tensor4d(
    Float32Array.from(bytes, (byte) => byte / 127.5 - 1),
    [length, size, size, channels],
  )
}
