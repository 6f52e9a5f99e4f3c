import type { Tensor, TensorInfo } from '@tensorflow/tfjs'
import type { TensorFlow } from '../../engine.ts'
import { AttributeWriter, type NativeBackend } from '../native-backend.ts'
import { replaceKernel } from './replace-kernel.ts'

/**
 * Sums and changes of shape as a gradient tape asks for them by the hundred, by the pack's own operations; what is none of the cases
 * stays TensorFlow's. A cast or a change of shape that changes nothing is the same tensor again.
 */
export function registerElementaries(tf: TensorFlow, backend: NativeBackend): void {
  const attributes = new AttributeWriter(backend)
  const isTaken = (tensor: Tensor): boolean => tensor.dtype === 'float32' && tensor.size > 0

  replaceKernel(tf, 'Add', (inputs) => {
    const [left, right] = [inputs['a'] as Tensor, inputs['b'] as Tensor]
    const [whole, part] = left.size >= right.size ? [left, right] : [right, left]
    const isLastAxes = part.shape.every((length, axis) => length === whole.shape.at(axis - part.rank))
    if (!isTaken(left) || !isTaken(right) || part.rank > whole.rank || !isLastAxes) return null
    return backend.executeSingleOutput('FlawsmithAdd', [], [whole, part])
  })
  replaceKernel(tf, 'Sum', (inputs, { axis, keepDims }) => {
    const x = inputs['x'] as Tensor
    const axes = tf.util.parseAxisParam(axis as number[], x.shape)
    const isAllButLast = x.rank > 1 && axes.length === x.rank - 1 && !axes.includes(x.rank - 1)
    if (!isTaken(x) || !isAllButLast || keepDims === true) return null
    return backend.executeSingleOutput('FlawsmithSumRows', [], [x])
  })
  replaceKernel(tf, 'Reshape', (inputs, { shape }) => {
    const x = inputs['x'] as Tensor
    const wanted = tf.util.inferFromImplicitShape(shape as number[], x.size)
    if (wanted.length === x.rank && wanted.every((length, at) => length === x.shape[at])) return same(x)
    if (!isTaken(x)) return null
    tf.util.assert(x.size === tf.util.sizeFromShape(wanted), () => `${x.size} values do not fit ${wanted.join(' × ')}`)
    return backend.executeSingleOutput('FlawsmithReshape', [attributes.integers('shape', wanted)], [x])
  })
  replaceKernel(tf, 'Cast', (inputs, { dtype }) => {
    const x = inputs['x'] as Tensor
    return x.dtype === dtype ? same(x) : null
  })

  function same({ dataId, shape, dtype }: Tensor): TensorInfo {
    backend.incRef(dataId)
    return { dataId, shape, dtype }
  }
}
