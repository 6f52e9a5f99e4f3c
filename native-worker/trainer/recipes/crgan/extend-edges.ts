import type { Tensor, Tensor4D } from '@tensorflow/tfjs'
import type { TensorFlow } from '../../engines/engine.ts'

/**
 * [batch, height, width, channels] with its border pixels repeated once on each side, [batch, height + 2, width + 2, channels]: a
 * border of zeros would tell a network where it is, and show as a frame.
 */
export const extendEdges = (tf: TensorFlow, x: Tensor4D): Tensor4D =>
  tf.customGrad((input) => ({
    value: extendAlong(tf, extendAlong(tf, input as Tensor4D, 1), 2),
    gradFunc: (gradient: Tensor) => foldAlong(tf, foldAlong(tf, gradient as Tensor4D, 2), 1),
  }))(x) as Tensor4D

type Axis = 1 | 2

const part = (tf: TensorFlow, x: Tensor4D, { axis, from, length }: { axis: Axis; from: number; length: number }) => {
  const begin: [number, number, number, number] = [0, 0, 0, 0]
  const size: [number, number, number, number] = [...x.shape]
  begin[axis] = from
  size[axis] = length
  return tf.slice(x, begin, size)
}

const extendAlong = (tf: TensorFlow, x: Tensor4D, axis: Axis): Tensor4D => {
  const length = x.shape[axis]
  return tf.concat(
    [part(tf, x, { axis, from: 0, length: 1 }), x, part(tf, x, { axis, from: length - 1, length: 1 })],
    axis,
  )
}

/** The way back: what reached the repeated pixels reaches those that they repeat. */
const foldAlong = (tf: TensorFlow, x: Tensor4D, axis: Axis): Tensor4D => {
  const length = x.shape[axis]
  const at = (from: number) => part(tf, x, { axis, from, length: 1 })
  if (length === 4) return tf.concat([tf.add(at(0), at(1)), tf.add(at(2), at(3))], axis)
  return tf.concat(
    [tf.add(at(0), at(1)), part(tf, x, { axis, from: 2, length: length - 4 }), tf.add(at(length - 2), at(length - 1))],
    axis,
  )
}
