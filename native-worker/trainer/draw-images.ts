import type { Engine } from './engines/engine.ts'
import type { Gan } from './adversarial/gan.ts'
import { toBytes } from './image-store.ts'

/** Images drawn together. Always this many, so that an image's bytes do not depend on how many were asked for. */
const chunk = 16

interface LabelledLatent {
  /** Of the recipe's latent length. */
  readonly values: Float32Array
  readonly label: number
}

export interface DrawnImage {
  /** [height, width, channels] */
  readonly pixels: Uint8Array
  /** [height, width], 1 where the recipe put a defect; null where it does not know. */
  readonly mask: Uint8Array | null
}

/** Draws one image a latent. */
export function drawImages(
  { engine, gan }: { engine: Engine; gan: Gan },
  latents: readonly LabelledLatent[],
): readonly DrawnImage[] {
  const { compose } = gan
  if (compose === undefined) return drawInChunks({ engine, gan }, latents).map((pixels) => ({ pixels, mask: null }))
  return latents.map(({ values, label }) => {
    const { image, mask } = compose(values, label)
    return { pixels: toBytes(image.values), mask: mask?.values ?? null }
  })
}

function drawInChunks(
  { engine, gan }: { engine: Engine; gan: Gan },
  latents: readonly LabelledLatent[],
): readonly Uint8Array[] {
  const images: Uint8Array[] = []
  for (let start = 0; start < latents.length; start += chunk) {
    const wanted = latents.slice(start, start + chunk)
    const filled = Array.from({ length: chunk }, (_, index) => wanted[index] ?? wanted[0])
    const values = new Float32Array(chunk * gan.latentLength)
    filled.forEach((latent, index) => {
      if (latent !== undefined) values.set(latent.values, index * gan.latentLength)
    })
    let bytes: Uint8Array = new Uint8Array()
    // Not as tidy's result: tfjs looks for tensors in there, byte by byte.
    engine.tf.tidy(() => {
      const drawn = gan.generate(
        engine.tf.tensor2d(values, [chunk, gan.latentLength]),
        filled.map((latent) => latent?.label ?? 0),
      )
      bytes = toBytes(drawn.dataSync<'float32'>())
    })
    const imageLength = bytes.length / chunk
    wanted.forEach((_, index) => images.push(bytes.slice(index * imageLength, (index + 1) * imageLength)))
  }
  return images
}
