import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import type { Engine } from '../../engines/engine.ts'
import { leakyRelu } from '../../networks/twice-differentiable.ts'
import { crganBlocks, type CrganShape } from './crgan-architecture.ts'
import { dense, halve, halveActivated, refine } from './crgan-layers.ts'
import type { Weights } from './weights.ts'

/**
 * Images and their one-hot classes to a score each, [batch].
 * @param groups how many batches lie one after the other: the deviation over a batch is each one's own
 * @param activate another smooth function where derivatives are checked by differences, which leaky ReLU's kink defies
 * @param conditioning weight of the class match (projection, Miyato & Koyama 2018), 0 to 1
 */
export function crganJudge(
  engine: Engine,
  { shape, weights, activate = leakyRelu }: { shape: CrganShape; weights: Weights; activate?: typeof leakyRelu },
  {
    images,
    oneHot,
    groups,
    conditioning,
  }: { images: Tensor4D; oneHot: Tensor2D; groups: number; conditioning: number },
): Tensor {
  const { tf } = engine
  let x = halve(engine, images, { weights, name: 'image' })
  for (const { name } of crganBlocks(shape).toReversed()) {
    x = refine(engine, x, { weights, name: `${name}/refine`, activate, border: 'zero' })
    x = halveActivated(engine, x, { weights, name: `${name}/halve`, activate })
  }
  const flat = tf.reshape(withBatchDeviation(engine, x, groups), [images.shape[0], -1]) as Tensor2D
  const linear = dense(engine, activate(engine, flat), { weights, name: 'features' })
  const features = activate(engine, linear) // [batch, 32]
  const realness = tf.reshape(dense(engine, features, { weights, name: 'realness' }), [-1])
  const length = features.shape[1]
  const match = tf.sum(tf.mul(tf.matMul(oneHot, weights('classes') as Tensor2D), features), 1)
  return tf.add(realness, tf.mul(match, conditioning / Math.sqrt(length)))
}

/** Appends a map of the mean deviation over the batch (Karras et al. 2018), a batch at a time. */
function withBatchDeviation({ tf }: Engine, x: Tensor4D, groups: number): Tensor4D {
  const [batch, height, width] = x.shape
  const grouped = tf.reshape(x, [groups, batch / groups, -1])
  const centred = tf.sub(grouped, tf.mean(grouped, 1, true))
  const deviation = tf.sqrt(tf.add(tf.mean(tf.square(centred), 1), 1e-6)) // [groups, features]
  const mean = tf.reshape(tf.mean(deviation, 1), [groups, 1])
  const map = tf.reshape(tf.mul(mean, tf.ones([groups, (batch / groups) * height * width])), [batch, height, width, 1])
  return tf.concat([x, map as Tensor4D], 3)
}
