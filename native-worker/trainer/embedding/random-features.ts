import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import type { Engine, Parameter } from '../engines/engine.ts'
import { RandomStream } from '../../random/random-stream.ts'
import type { FeatureNetwork } from './feature-network.ts'

/** Never changes: features of different runs and machines stay comparable. */
const weightSeed = 20_260_101
const stages = [
  { kernel: 5, from: 3, to: 16 },
  { kernel: 3, from: 16, to: 32 },
  { kernel: 3, from: 32, to: 64 },
  { kernel: 3, from: 64, to: 64 },
] as const
/** Features are kept under this name: another network gets another one. */
export const randomFeaturesName = 'random-1'
export const randomFeatureLength = 2 * stages.reduce((total, { to }) => total + to, 0)
/** Pixels per edge beyond which images are averaged down first. */
const largestEdge = 128

/** The weights of every stage, He-normal (He et al. 2015): [kernel, kernel, from, to] each. */
export function drawRandomFilters(): readonly { readonly shape: readonly number[]; readonly values: Float32Array }[] {
  const random = RandomStream.fromSeed(weightSeed, 'random features')
  return stages.map(({ kernel, from, to }) => {
    const shape = [kernel, kernel, from, to]
    const deviation = Math.sqrt(2 / (kernel * kernel * from))
    const values = random.normals(kernel * kernel * from * to).map((value) => value * deviation)
    return { shape, values }
  })
}

/**
 * Convolutions with fixed random weights at four scales; mean and deviation of every channel over the image. Knows nothing of
 * any data, so that it cannot favour a generator; what it sees is texture and contrast, not where something is.
 */
export function createRandomFeatures(engine: Engine): FeatureNetwork {
  const { tf, arithmetic } = engine
  const filters: readonly Parameter[] = drawRandomFilters().map(({ shape, values }, index) =>
    engine.createParameter({ name: `random-features/${index}`, shape, trainable: false }, values),
  )
  return {
    length: randomFeatureLength,
    extract: (images) =>
      tf.tidy(() => {
        const pooled: Tensor[] = []
        let maps: Tensor4D = toColour(averageDown(images))
        for (const filter of filters) {
          // [n, height / 2, width / 2, to]
          const convolved = arithmetic.convolve(maps, filter.read() as Tensor4D, { stride: 2, padding: 'same' })
          maps = arithmetic.activate('relu', convolved) as Tensor4D
          const mean = maps.mean([1, 2], true)
          const variance = maps.sub(mean).square().mean([1, 2])
          pooled.push(mean.reshape(variance.shape), variance.sqrt())
        }
        return tf.concat(pooled, 1) as Tensor2D
      }),
    dispose: () => {
      for (const filter of filters) filter.dispose()
    },
  }

  function toColour(images: Tensor4D): Tensor4D {
    return images.shape[3] === 3 ? images : tf.concat([images, images, images], 3)
  }
}

/** Whole blocks of pixels to their mean until an edge is short enough; sizes are multiples of 4. */
function averageDown(images: Tensor4D): Tensor4D {
  const [count, size, , channels] = images.shape
  let factor = 1
  while (size / factor > largestEdge && size % (2 * factor) === 0) factor *= 2
  if (factor === 1) return images
  const edge = size / factor
  return images
    .reshape([count * edge, factor, size * channels])
    .mean(1) // [count · edge, size · channels]
    .reshape([count * edge * edge, factor, channels])
    .mean(1)
    .reshape([count, edge, edge, channels])
}
