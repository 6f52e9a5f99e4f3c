import type { Tensor, Tensor4D } from '@tensorflow/tfjs'
import { planLength, type AugmentationPlans } from '../../engines/block-arithmetic.ts'
import type { Engine } from '../../engines/engine.ts'
import type { RandomStream } from '../../../random/random-stream.ts'

export interface AugmentationOptions {
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly flipHorizontal: boolean
  readonly flipVertical: boolean
  /** Largest change of brightness; 0 for none. */
  readonly brightness: number
}

/** Augmentations drawn for one batch: the same ones can be laid on several tensors. First derivatives only. */
export interface Augmentation {
  apply(images: Tensor4D): Tensor4D
  /** From the gradient at the augmented images to the one at the images. */
  gradient(augmented: Tensor4D): Tensor4D
}

/**
 * Differentiable augmentation (Zhao et al. 2020): shift up to 1/8, cut-out of half the edge, contrast 0.8 to 1.2, saturation,
 * and a light brightness at p = 0.5.
 */
export function drawAugmentation(
  { tf, arithmetic }: Engine,
  batch: number,
  { random, ...options }: AugmentationOptions & { random: RandomStream },
): Augmentation {
  const plans = drawPlans(batch, { random, ...options })
  const gradient = (augmented: Tensor4D): Tensor4D => arithmetic.augmentGradient(augmented, plans)
  return {
    gradient,
    apply: (images) =>
      tf.customGrad((input) => ({
        value: arithmetic.augment(input as Tensor4D, plans),
        gradFunc: (augmented: Tensor) => gradient(augmented as Tensor4D),
      }))(images) as Tensor4D,
  }
}

function drawPlans(
  batch: number,
  {
    height,
    width,
    channels,
    flipHorizontal,
    flipVertical,
    brightness,
    random,
  }: AugmentationOptions & { random: RandomStream },
): AugmentationPlans {
  const plans = new Float32Array(batch * planLength)
  const write = (image: number, from: number, values: readonly number[]): void => {
    plans.set(values, image * planLength + from)
  }
  const each = (draw: (image: number) => void): void => {
    for (let image = 0; image < batch; image++) draw(image)
  }
  const drawMove = (length: number, flips: boolean): { readonly shift: number; readonly isTurned: boolean } => {
    const furthest = Math.round(length / 8)
    const shift = random.integer(2 * furthest + 1) - furthest
    return { shift, isTurned: flips && random.uniform() < 0.5 }
  }
  each((image) => {
    const { shift, isTurned } = drawMove(height, flipVertical)
    // Shifted before it is turned: the other way than the columns.
    write(image, 0, [isTurned ? shift : -shift])
    write(image, 2, [isTurned ? 1 : 0])
  })
  each((image) => {
    const { shift, isTurned } = drawMove(width, flipHorizontal)
    write(image, 1, [shift])
    write(image, 3, [isTurned ? 1 : 0])
  })
  each((image) => {
    const top = random.integer(height + 1) - Math.floor(height / 4)
    const left = random.integer(width + 1) - Math.floor(width / 4)
    write(image, 4, [top, top + height / 2, left, left + width / 2])
  })
  each((image) => write(image, 8, [0.8 + 0.4 * random.uniform()]))
  each((image) => write(image, 9, [random.uniform() < 0.5 ? (2 * random.uniform() - 1) * brightness : 0]))
  each((image) => write(image, 10, [channels === 3 ? 2 * random.uniform() : 1]))
  return plans
}
