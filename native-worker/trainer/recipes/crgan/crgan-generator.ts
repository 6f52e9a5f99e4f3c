import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs'
import type { Engine } from '../../engines/engine.ts'
import { leakyRelu } from '../../networks/twice-differentiable.ts'
import { crganBlocks, crganLadder, type CrganBlock, type CrganShape } from './crgan-architecture.ts'
import { addBias, dense, refine, type NamedWeights } from './crgan-layers.ts'
import { doubleWithoutGrid, modulate, paint } from './generator-layers.ts'
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
  const base = crganLadder(shape.size)?.base ?? 4
  const blocks = crganBlocks(shape)
  const condition: Tensor2D = tf.concat([latents, tf.matMul(oneHot, weights('classes') as Tensor2D)], 1) // [batch, latent + 32]
  const laidOut = dense(engine, condition, { weights, name: 'input' })
  const x = tf.reshape(laidOut, [-1, base, base, blocks[0]?.coarse ?? 0]) as Tensor4D
  const given = { blocks, weights, condition }
  return shape.edition === '2' ? drawSecond(engine, x, { ...given, noise }) : drawFirst(engine, x, given)
}

interface Drawing {
  readonly blocks: readonly CrganBlock[]
  readonly weights: Weights
  /** [batch, latent + 32] */
  readonly condition: Tensor2D
}

function drawFirst(engine: Engine, coarsest: Tensor4D, { blocks, weights, condition }: Drawing): Tensor4D {
  const { tf } = engine
  let x = coarsest
  for (const { name, fine, conditioned } of blocks) {
    x = doubleTransposed(engine, leakyRelu(engine, x), { weights, name: `${name}/double` })
    if (conditioned) {
      const film = tf.reshape(dense(engine, condition, { weights, name: `${name}/film` }), [-1, 1, 1, 2 * fine])
      const [scale, shift] = tf.split(film, 2, 3) as [Tensor, Tensor]
      x = tf.add(tf.mul(x, tf.add(scale, 1)), shift)
    }
    x = refine(engine, x, { weights, name: `${name}/refine`, activate: leakyRelu, border: 'zero' })
  }
  return tf.tanh(doubleTransposed(engine, leakyRelu(engine, x), { weights, name: 'image' }))
}

function drawSecond(
  engine: Engine,
  coarsest: Tensor4D,
  { blocks, weights, condition, noise }: Drawing & { readonly noise: NoiseMaps },
): Tensor4D {
  const { tf } = engine
  const double = (x: Tensor4D, name: string): Tensor4D =>
    doubleWithoutGrid(engine, x, weights(`${name}/kernel`) as Tensor4D)
  const mapOf = (index: number): Tensor3D => {
    const map = noise.at(index)
    if (map === undefined) throw new Error('the second edition draws with noise')
    return map
  }
  let x = coarsest
  for (const [index, { name }] of blocks.entries()) {
    x = modulate(engine, double(x, `${name}/double`), {
      bias: weights(`${name}/double/bias`),
      film: dense(engine, condition, { weights, name: `${name}/film` }),
      // As strong as each channel and the condition ask for.
      strength: tf.add(
        tf.matMul(condition, weights(`${name}/noise/kernel`) as Tensor2D),
        weights(`${name}/noise/gain`),
      ),
      noise: mapOf(index),
    })
    x = refine(engine, x, { weights, name: `${name}/refine`, activate: leakyRelu, border: 'repeated' })
  }
  return paint(engine, double(x, 'image'), { bias: weights('image/bias'), grain: mapOf(-1) })
}

/** Twice as high and wide. Kernel 4 at stride 2 overlaps evenly. */
function doubleTransposed(engine: Engine, x: Tensor4D, given: NamedWeights): Tensor4D {
  const [batch, height, width] = x.shape
  const kernel = given.weights(`${given.name}/kernel`) as Tensor4D
  const shape: [number, number, number, number] = [batch, 2 * height, 2 * width, kernel.shape[2]]
  return addBias(engine, engine.tf.conv2dTranspose(x, kernel, shape, 2, 'same'), given)
}
