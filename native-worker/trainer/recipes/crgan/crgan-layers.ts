import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import type { Engine } from '../../engines/engine.ts'
import type { leakyRelu } from '../../networks/twice-differentiable.ts'
import type { Weights } from './weights.ts'
import { extendEdges } from './extend-edges.ts'

/** The weights of one layer: those that are called `name/…`. */
export interface NamedWeights {
  readonly weights: Weights
  readonly name: string
}

/*
 * Only operations whose second derivative tfjs has right, and our own leaky ReLU: no pooling, no norm layers. Sizes change by
 * 4 × 4 convolutions at stride 2, learned in both directions.
 */
export const addBias = ({ tf }: Engine, x: Tensor4D, { weights, name }: NamedWeights): Tensor4D =>
  tf.add(x, weights(`${name}/bias`))

/** A residual branch of one convolution; its bias would be one with the bias of what it joins. */
export const refine = (
  engine: Engine,
  x: Tensor4D,
  {
    activate,
    border = 'zero',
    weights,
    name,
  }: NamedWeights & { readonly activate: typeof leakyRelu; readonly border?: 'zero' | 'extended' },
): Tensor4D => {
  const { tf } = engine
  const kernel = weights(`${name}/kernel`) as Tensor4D
  const active = activate(engine, x)
  const refined =
    border === 'zero' ? tf.conv2d(active, kernel, 1, 'same') : tf.conv2d(extendEdges(tf, active), kernel, 1, 'valid')
  return tf.add(x, refined)
}

/** Half as high and wide. */
export const halve = (engine: Engine, x: Tensor4D, given: NamedWeights): Tensor4D => {
  const kernel = given.weights(`${given.name}/kernel`) as Tensor4D
  return addBias(engine, engine.tf.conv2d(x, kernel, 2, 'same'), given)
}

export const dense = ({ tf }: Engine, x: Tensor2D, { weights, name }: NamedWeights): Tensor2D =>
  tf.add(tf.matMul(x, weights(`${name}/kernel`) as Tensor2D), weights(`${name}/bias`))
