import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs'
import type { Engine } from '../../engines/engine.ts'
import { leakyRelu } from '../../networks/twice-differentiable.ts'
import { crganBlocks, crganLadder, type CrganShape } from './crgan-architecture.ts'
import { addBias, dense, refine, type NamedWeights } from './crgan-layers.ts'
import { extendEdges } from './extend-edges.ts'
import type { NoiseMaps } from './generator-noise.ts'
import type { Weights } from './weights.ts'

export interface GeneratorInput {
  readonly latents: Tensor2D
  readonly oneHot: Tensor2D
  readonly noise: NoiseMaps
}

/** [batch, latent], one-hot [batch, classes] and the latents' noise to images in [-1, 1]. */
export function crganGenerate(
  engine: Engine,
  { shape, weights }: { shape: CrganShape; weights: Weights },
  { latents, oneHot, noise }: GeneratorInput,
): Tensor4D {
  const { tf } = engine
  const isSecond = shape.edition === '2'
  const double = isSecond ? doubleWithoutGrid : doubleTransposed
  const base = crganLadder(shape.size)?.base ?? 4
  const blocks = crganBlocks(shape)
  const condition: Tensor2D = tf.concat([latents, tf.matMul(oneHot, weights('classes') as Tensor2D)], 1) // [batch, latent + 32]
  const laidOut = dense(engine, condition, { weights, name: 'input' })
  let x = tf.reshape(laidOut, [-1, base, base, blocks[0]?.coarse ?? 0]) as Tensor4D
  for (const [index, { name, fine, conditioned }] of blocks.entries()) {
    x = double(engine, leakyRelu(engine, x), { weights, name: `${name}/double` })
    if (conditioned) {
      const film = tf.reshape(dense(engine, condition, { weights, name: `${name}/film` }), [-1, 1, 1, 2 * fine])
      const [scale, shift] = tf.split(film, 2, 3) as [Tensor, Tensor]
      x = tf.add(tf.mul(x, tf.add(scale, 1)), shift)
    }
    const map = noise[index]
    if (map !== undefined) x = addNoise(engine, x, { map, condition, weights, name: `${name}/noise` })
    x = refine(engine, x, {
      weights,
      name: `${name}/refine`,
      activate: leakyRelu,
      border: isSecond ? 'extended' : 'zero',
    })
  }
  const image = double(engine, leakyRelu(engine, x), { weights, name: 'image' })
  const grain = noise.at(-1)
  return tf.tanh(grain === undefined ? image : addGrain(engine, image, { grain, channels: shape.channels }))
}

/** Twice as high and wide. Kernel 4 at stride 2 overlaps evenly. */
function doubleTransposed(engine: Engine, x: Tensor4D, given: NamedWeights): Tensor4D {
  const [batch, height, width] = x.shape
  const kernel = given.weights(`${given.name}/kernel`) as Tensor4D
  const shape: [number, number, number, number] = [batch, 2 * height, 2 * width, kernel.shape[2]]
  return addBias(engine, engine.tf.conv2dTranspose(x, kernel, shape, 2, 'same'), given)
}

/**
 * Each value four times, then 3 × 3, in one transposed convolution: the 3 × 3 kernel summed into 4 × 4 at its four positions. All
 * output pixels see their neighbours through the same weights, so that no grid can be learned.
 */
function doubleWithoutGrid(engine: Engine, x: Tensor4D, given: NamedWeights): Tensor4D {
  const { tf } = engine
  const [batch, height, width] = x.shape
  const small = given.weights(`${given.name}/kernel`) as Tensor4D // [3, 3, out, in]
  const at = (top: number, left: number): Tensor4D =>
    tf.pad(small, [
      [top, 1 - top],
      [left, 1 - left],
      [0, 0],
      [0, 0],
    ])
  const kernel = tf.addN([at(0, 0), at(0, 1), at(1, 0), at(1, 1)]) as Tensor4D // [4, 4, out, in]
  const extended = extendEdges(tf, x) // [batch, height + 2, width + 2, in]
  const out = kernel.shape[2]
  const wide = tf.conv2dTranspose(extended, kernel, [batch, 2 * height + 4, 2 * width + 4, out], 2, 'same')
  return addBias(engine, tf.slice(wide, [0, 2, 2, 0], [batch, 2 * height, 2 * width, out]), given)
}

/** x + (gain + condition · kernel) · map, as strong as each channel and the condition ask for. */
function addNoise(
  { tf }: Engine,
  x: Tensor4D,
  { map, condition, weights, name }: NamedWeights & { readonly map: Tensor3D; readonly condition: Tensor2D },
): Tensor4D {
  const asked = tf.matMul(condition, weights(`${name}/kernel`) as Tensor2D)
  const strength = tf.expandDims(tf.add(asked, weights(`${name}/gain`)), 1) as Tensor3D // [batch, 1, channels]
  // As a product of matrices: its gradient sums over the pixels without a map of products.
  return tf.add(x, tf.reshape(tf.matMul(map, strength), x.shape))
}

/** The last channel is the strength of the grain at each pixel, which all others get. */
function addGrain(
  { tf }: Engine,
  image: Tensor4D,
  { grain, channels }: { readonly grain: Tensor3D; readonly channels: number },
): Tensor4D {
  const [batch, height, width] = image.shape
  const mean = tf.slice(image, [0, 0, 0, 0], [batch, height, width, channels])
  const strength = tf.slice(image, [0, 0, 0, channels], [batch, height, width, 1])
  return tf.add(mean, tf.mul(strength, tf.reshape(grain, [batch, height, width, 1])))
}
