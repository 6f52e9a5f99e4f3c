import type { Tensor2D } from '@tensorflow/tfjs'
import type { Engine } from '../engines/engine.ts'
import { Adam } from '../networks/adam.ts'
import { Gradients } from '../networks/gradients.ts'
import type { Pass } from '../networks/layer.ts'
import { categoricalCrossEntropy } from '../networks/losses.ts'
import { Network } from '../networks/network.ts'
import { RandomStream } from '../../random/random-stream.ts'
import { createClassifier, type Classifier } from './classifier.ts'
import { drawBalancedBatch, type LabelledImages } from './labelled-images.ts'

export interface ClassifierOptions {
  readonly engine: Engine
  readonly classCount: number
  readonly seed: number
  /** Channels after the first convolution and after every residual block; each halves the image. */
  readonly widths: readonly number[]
  readonly steps: number
  readonly batch?: number
  /** Called after every step, e.g. to let others work or to stop by throwing. */
  readonly onStep?: (step: number, loss: number) => void
}

const startRate = 2e-3

/**
 * A small residual network that tells the classes of a set apart. Classes are drawn equally often however rare, the rate falls
 * along a cosine to 0, and everything follows from the seed.
 */
export function trainClassifier(set: LabelledImages, options: ClassifierOptions): Classifier {
  const { engine, classCount, seed, widths, steps, batch = 32, onStep } = options
  const { tf } = engine
  const classifier = createClassifier(engine, { channels: set.channels, widths, classCount, seed })
  const adam = new Adam(engine, classifier.parameters, {
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    epsilonJoins: 'corrected',
  })
  const random = RandomStream.fromSeed(seed, 'classifier batches')
  const training: Pass = { training: true, dropout: random }
  const network = new Network(classifier.layers)

  for (let step = 0; step < steps; step++) {
    const drawn = drawBalancedBatch(set, { batch, random })
    const rate = (startRate / 2) * (1 + Math.cos((Math.PI * step) / steps))
    const loss = tf.tidy(() => {
      const images = tf.tensor4d(drawn.images, [batch, set.size, set.size, set.channels])
      const oneHot = tf.oneHot([...drawn.labels], classCount).cast<Tensor2D>('float32')
      const forward = network.forward(images, training)
      const { value, gradient } = categoricalCrossEntropy(tf, forward.output, oneHot)
      const gradients = new Gradients()
      forward.backward(gradient, gradients, { wantsInput: false })
      adam.apply(gradients, { rate })
      return value.dataSync()[0] ?? Number.NaN
    })
    onStep?.(step, loss)
  }
  for (const moment of adam.moments) moment.dispose()
  return classifier
}
