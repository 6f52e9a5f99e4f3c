import type { Tensor4D } from '@tensorflow/tfjs'
import type { Engine } from '../engines/engine.ts'
import { normalise } from './augment.ts'
import { imageAt, imageLengthOf, type ImageSet } from './image-set.ts'
import type { UpliftNetwork } from './uplift-network.ts'

const chunk = 32

/** The likeliest class of every image by the mean over the image and its mirror image; a class that was never learned is never it. */
export function predictLabels(
  net: UpliftNetwork,
  set: ImageSet,
  { engine }: { readonly engine: Engine },
): readonly number[] {
  const { tf } = engine
  const images = set.counts.reduce((sum, count) => sum + count, 0)
  const { size, channels } = set
  const length = imageLengthOf(set)
  const predicted: number[] = []
  for (let start = 0; start < images; start += chunk) {
    const count = Math.min(chunk, images - start)
    const values = new Float32Array(count * length)
    for (let place = 0; place < count; place++)
      normalise(imageAt(set, start + place), values.subarray(place * length, (place + 1) * length))
    const labels = tf.tidy(() => {
      const batch: Tensor4D = tf.tensor4d(values, [count, size, size, channels])
      const straight = net.logits(batch).softmax()
      const mirrored = net.logits(tf.reverse(batch, 2)).softmax()
      return straight.add(mirrored).argMax(1).dataSync<'int32'>()
    })
    predicted.push(...labels)
  }
  return predicted
}
