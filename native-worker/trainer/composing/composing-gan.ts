import type { Tensor4D } from '@tensorflow/tfjs'
import type { RandomStream } from '../../random/random-stream.ts'
import type { AdoptedImage, Gan } from '../adversarial/gan.ts'
import type { Engine, Parameter } from '../engines/engine.ts'
import { composedLatentLength, latentStream } from './latent-stream.ts'
import type { Mask, Raster } from './raster.ts'

/** One image that was put together, and where the defect was put; null where the recipe moves none. */
export interface Composition {
  readonly image: Raster
  readonly mask: Mask | null
}

/** A recipe that composes real images instead of learning from them, in the place where a run expects its networks. */
export function composingGan({
  engine,
  purpose,
  state,
  adopt,
  compose,
}: {
  readonly engine: Engine
  /** Keeps the streams of different recipes apart. */
  readonly purpose: string
  /** What a checkpoint holds of the real images. */
  readonly state: readonly Parameter[]
  readonly adopt: (images: readonly AdoptedImage[]) => void
  readonly compose: (label: number, random: RandomStream) => Composition
}): Gan {
  const composeOne = (latent: Float32Array, label: number): Composition => compose(label, latentStream(latent, purpose))
  return {
    batch: 1,
    latentLength: composedLatentLength,
    optimisers: [],
    state,
    adopt,
    trainStep: () => {
      throw new Error(`${purpose} does not train`)
    },
    compose: composeOne,
    generate: (latents, labels) => {
      const values = latents.dataSync<'float32'>()
      const made = labels.map(
        (label, index) =>
          composeOne(values.slice(index * composedLatentLength, (index + 1) * composedLatentLength), label).image,
      )
      const { height = 0, width = 0, channels = 0 } = made[0] ?? {}
      return engine.tf.stack(
        made.map((image) => engine.tf.tensor3d(image.values, [height, width, channels])),
      ) as Tensor4D
    },
  }
}
