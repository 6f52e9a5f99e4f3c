import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import type { Engine } from '../../engines/engine.ts'
import { leakyRelu } from '../../networks/twice-differentiable.ts'
import { crganBlocks, crganLadder, type CrganShape } from './crgan-architecture.ts'

/** Weights by name, as tensors a gradient tape can watch. */
export type Weights = (name: string) => Tensor

/*
 * Only operations whose second derivative tfjs has right, and our own leaky ReLU: no pooling, no norm layers. Sizes change by
 * 4 × 4 convolutions at stride 2, learned in both directions.
 */
const addBias = ({ tf }: Engine, x: Tensor4D, { weights, name }: { weights: Weights; name: string }): Tensor4D =>
  tf.add(x, weights(`${name}/bias`))

const convolve = (
  { tf }: Engine,
  x: Tensor4D,
  { weights, name, stride }: { weights: Weights; name: string; stride: 1 | 2 },
): Tensor4D => tf.conv2d(x, weights(`${name}/kernel`) as Tensor4D, stride, 'same')

/** A residual branch of one convolution; its bias would be one with the bias of what it joins. */
const refine = (
  engine: Engine,
  x: Tensor4D,
  { activate, ...given }: { weights: Weights; name: string; activate: typeof leakyRelu },
): Tensor4D => engine.tf.add(x, convolve(engine, activate(engine, x), { ...given, stride: 1 }))

/** Half as high and wide. */
const halve = (engine: Engine, x: Tensor4D, given: { weights: Weights; name: string }): Tensor4D =>
  addBias(engine, convolve(engine, x, { ...given, stride: 2 }), given)

const dense = ({ tf }: Engine, x: Tensor2D, { weights, name }: { weights: Weights; name: string }): Tensor2D =>
  tf.add(tf.matMul(x, weights(`${name}/kernel`) as Tensor2D), weights(`${name}/bias`))

/** Twice as high and wide. Kernel 4 at stride 2 overlaps evenly, so that no grid shows. */
function double(engine: Engine, x: Tensor4D, given: { weights: Weights; name: string }): Tensor4D {
  const [batch, height, width] = x.shape
  const kernel = given.weights(`${given.name}/kernel`) as Tensor4D
  const shape: [number, number, number, number] = [batch, 2 * height, 2 * width, kernel.shape[2]]
  return addBias(engine, engine.tf.conv2dTranspose(x, kernel, shape, 2, 'same'), given)
}

/** [batch, latent] and one-hot [batch, classes] to images in [-1, 1]. */
export function crganGenerate(
  engine: Engine,
  { shape, weights }: { shape: CrganShape; weights: Weights },
  { latents, oneHot }: { latents: Tensor2D; oneHot: Tensor2D },
): Tensor4D {
  const { tf } = engine
  const base = crganLadder(shape.size)?.base ?? 4
  const blocks = crganBlocks(shape)
  const condition: Tensor2D = tf.concat([latents, tf.matMul(oneHot, weights('classes') as Tensor2D)], 1) // [batch, latent + 32]
  let x = tf.reshape(dense(engine, condition, { weights, name: 'input' }), [
    -1,
    base,
    base,
    blocks[0]?.coarse ?? 0,
  ]) as Tensor4D
  for (const { name, fine, conditioned } of blocks) {
    x = double(engine, leakyRelu(engine, x), { weights, name: `${name}/double` })
    if (conditioned) {
      const film = tf.reshape(dense(engine, condition, { weights, name: `${name}/film` }), [-1, 1, 1, 2 * fine])
      const [scale, shift] = tf.split(film, 2, 3) as [Tensor, Tensor]
      x = tf.add(tf.mul(x, tf.add(scale, 1)), shift)
    }
    x = refine(engine, x, { weights, name: `${name}/refine`, activate: leakyRelu })
  }
  return tf.tanh(double(engine, leakyRelu(engine, x), { weights, name: 'image' }))
}

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
    x = refine(engine, x, { weights, name: `${name}/refine`, activate })
    x = halve(engine, activate(engine, x), { weights, name: `${name}/halve` })
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
