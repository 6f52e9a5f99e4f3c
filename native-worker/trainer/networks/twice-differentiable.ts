import type { Tensor } from '@tensorflow/tfjs'
import type { Engine } from '../engines/engine.ts'

/**
 * Leaky ReLU for a gradient tape, right in every order: tfjs's own has no second derivative. One operation forward and one
 * backward; the slope is a constant of the point, so the gradient's gradient is the same operation again.
 */
export function leakyRelu<Shape extends Tensor>({ tf, arithmetic }: Engine, input: Shape): Shape {
  const slope = (gradient: Tensor, output: Tensor): Tensor =>
    tf.customGrad((dy) => ({
      value: arithmetic.activateGradient('leakyRelu', dy as Tensor, output),
      gradFunc: (outer: Tensor) => slope(outer, output),
    }))(gradient)
  return tf.customGrad((x, save) => {
    const value = arithmetic.activate('leakyRelu', x as Tensor)
    const keep = save as (tensors: Tensor[]) => void
    keep([value])
    return { value, gradFunc: (dy: Tensor, saved: Tensor[]) => slope(dy, saved[0] ?? value) }
  })(input) as Shape
}
