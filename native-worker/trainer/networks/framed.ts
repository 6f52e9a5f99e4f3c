import type { Tensor, Tensor4D } from '@tensorflow/tfjs'
import type { Border } from '../engines/block-arithmetic.ts'
import type { Engine } from '../engines/engine.ts'

/**
 * leaky ReLU of x with a border of one pixel, [batch, height + 2, width + 2, channels], for a gradient tape: right in every order. A
 * convolution without padding follows. A border of zeros tells a network where it is, and shows as a frame in what it draws.
 */
export const frameActivated = (engine: Engine, x: Tensor4D, border: Border): Tensor4D =>
  engine.tf.customGrad((input, save) => {
    const keep = save as (tensors: Tensor[]) => void
    const given = input as Tensor4D
    keep([given])
    return {
      value: engine.arithmetic.frame(given, { border, gate: given }),
      gradFunc: (gradient: Tensor, saved: Tensor[]) =>
        unframed(engine, gradient as Tensor4D, { border, gate: (saved[0] ?? given) as Tensor4D }),
    }
  })(x) as Tensor4D

/** The same without an activation. */
export const framePlain = (engine: Engine, x: Tensor4D, border: Border): Tensor4D =>
  framed(engine, x, { border, gate: null })

type Options = Parameters<Engine['arithmetic']['frame']>[1]

/** Both are linear, and each is the other's way back; where the gate changes sides nothing bends but at one point. */
const framed = (engine: Engine, x: Tensor4D, options: Options): Tensor4D =>
  engine.tf.customGrad((values) => ({
    value: engine.arithmetic.frame(values as Tensor4D, options),
    gradFunc: (gradient: Tensor) => unframed(engine, gradient as Tensor4D, options),
  }))(x) as Tensor4D

const unframed = (engine: Engine, x: Tensor4D, options: Options): Tensor4D =>
  engine.tf.customGrad((values) => ({
    value: engine.arithmetic.unframe(values as Tensor4D, options),
    gradFunc: (gradient: Tensor) => framed(engine, gradient as Tensor4D, options),
  }))(x) as Tensor4D
