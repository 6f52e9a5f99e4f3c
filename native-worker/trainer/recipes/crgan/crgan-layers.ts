import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import type { Engine } from '../../engines/engine.ts'
import type { Border } from '../../engines/block-arithmetic.ts'
import { frameActivated, framePlain } from '../../networks/framed.ts'
import { leakyRelu } from '../../networks/twice-differentiable.ts'
import type { Weights } from './weights.ts'

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

/**
 * A smooth function and a border of one pixel around its map, for a convolution without padding.
 * @param activate another function than leaky ReLU, where derivatives are checked by differences
 */
const frame = (
  engine: Engine,
  x: Tensor4D,
  { activate, border }: { readonly activate: typeof leakyRelu; readonly border: Border },
): Tensor4D =>
  activate === leakyRelu ? frameActivated(engine, x, border) : framePlain(engine, activate(engine, x), border)

/** A residual branch of one convolution; its bias would be one with the bias of what it joins. */
export const refine = (
  engine: Engine,
  x: Tensor4D,
  { weights, name, ...options }: NamedWeights & { readonly activate: typeof leakyRelu; readonly border: Border },
): Tensor4D => {
  const kernel = weights(`${name}/kernel`) as Tensor4D
  return engine.tf.add(x, engine.tf.conv2d(frame(engine, x, options), kernel, 1, 'valid'))
}

/** Half as high and wide. */
export const halve = (engine: Engine, x: Tensor4D, given: NamedWeights): Tensor4D => {
  const kernel = given.weights(`${given.name}/kernel`) as Tensor4D
  return addBias(engine, engine.tf.conv2d(x, kernel, 2, 'same'), given)
}

/** Half as high and wide, from what is activated first. */
export const halveActivated = (
  engine: Engine,
  x: Tensor4D,
  { activate, ...given }: NamedWeights & { readonly activate: typeof leakyRelu },
): Tensor4D => {
  const kernel = given.weights(`${given.name}/kernel`) as Tensor4D
  return addBias(engine, engine.tf.conv2d(frame(engine, x, { activate, border: 'zero' }), kernel, 2, 'valid'), given)
}

export const dense = ({ tf }: Engine, x: Tensor2D, { weights, name }: NamedWeights): Tensor2D =>
  tf.add(tf.matMul(x, weights(`${name}/kernel`) as Tensor2D), weights(`${name}/bias`))
