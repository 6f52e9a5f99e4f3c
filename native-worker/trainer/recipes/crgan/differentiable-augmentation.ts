import type { Tensor, Tensor4D } from '@tensorflow/tfjs'
import type { TensorFlow } from '../../engines/engine.ts'
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

/** Augmentations drawn for one batch: the same ones can be laid on several tensors. */
export interface Augmentation {
  apply(images: Tensor4D): Tensor4D
  dispose(): void
}

/**
 * Differentiable augmentation (Zhao et al. 2020): shift up to 1/8, cut-out of half the edge, contrast 0.8 to 1.2, saturation,
 * and a light brightness at p = 0.5. Shifts and flips are products with permutation matrices, whose gradient is exact on
 * every engine.
 */
export function drawAugmentation(
  tf: TensorFlow,
  batch: number,
  { random, ...options }: AugmentationOptions & { random: RandomStream },
): Augmentation {
  const { height, width, channels, flipHorizontal, flipVertical, brightness } = options
  const down = moves(batch, { length: height, repeat: 1, flips: flipVertical, random })
  const across = moves(batch, { length: width, repeat: channels, flips: flipHorizontal, random })
  const hole = cutOut(batch, { height, width, random })
  const each = (draw: () => number): Tensor => tf.tensor(Float32Array.from({ length: batch }, draw), [batch, 1, 1, 1])
  const rows = tf.tensor3d(down, [batch, height, height])
  const columns = tf.tensor3d(across, [batch, width * channels, width * channels])
  const mask = tf.tensor4d(hole, [batch, height, width, 1])
  const contrast = each(() => 0.8 + 0.4 * random.uniform())
  const light = each(() => (random.uniform() < 0.5 ? (2 * random.uniform() - 1) * brightness : 0))
  const saturation = channels === 3 ? each(() => 2 * random.uniform()) : null
  return {
    apply: (images) => {
      const mean = tf.mean(images, [1, 2, 3], true)
      let x: Tensor = tf.add(tf.mul(tf.sub(images, mean), contrast), tf.add(mean, light))
      if (saturation !== null) {
        const grey = tf.mean(x, 3, true)
        x = tf.add(tf.mul(tf.sub(x, grey), saturation), grey)
      }
      const flat = tf.reshape(x, [batch, height, width * channels])
      const moved = tf.matMul(tf.matMul(rows, flat as never), columns)
      return tf.mul(tf.reshape(moved, [batch, height, width, channels]), mask)
    },
    dispose: () => {
      tf.dispose([rows, columns, mask, contrast, light, ...(saturation === null ? [] : [saturation])])
    },
  }
}

/** A matrix an image that moves a line of pixels by up to an eighth (and may turn it around); what leaves is lost, zeros come in. */
function moves(
  batch: number,
  { length, repeat, flips, random }: { length: number; repeat: number; flips: boolean; random: RandomStream },
): Float32Array {
  const edge = length * repeat
  const matrices = new Float32Array(batch * edge * edge)
  const furthest = Math.round(length / 8)
  for (let image = 0; image < batch; image++) {
    const shift = random.integer(2 * furthest + 1) - furthest
    const turned = flips && random.uniform() < 0.5
    for (let to = 0; to < length; to++) {
      const from = (turned ? length - 1 - to : to) - shift
      if (from < 0 || from >= length) continue
      for (let channel = 0; channel < repeat; channel++) {
        // Rows are multiplied from the left, columns (repeat > 1 possible) from the right: entries lie mirrored.
        const [row, column] = [from * repeat + channel, to * repeat + channel]
        matrices[image * edge * edge + row * edge + column] = 1
      }
    }
  }
  return matrices
}

function cutOut(
  batch: number,
  { height, width, random }: { height: number; width: number; random: RandomStream },
): Float32Array {
  const mask = new Float32Array(batch * height * width).fill(1)
  for (let image = 0; image < batch; image++) {
    const top = random.integer(height + 1) - Math.floor(height / 4)
    const left = random.integer(width + 1) - Math.floor(width / 4)
    for (let row = Math.max(0, top); row < Math.min(height, top + height / 2); row++) {
      for (let column = Math.max(0, left); column < Math.min(width, left + width / 2); column++) {
        mask[(image * height + row) * width + column] = 0
      }
    }
  }
  return mask
}
