import type { Tensor } from '@tensorflow/tfjs'
import type { TensorFlow } from '../../engine.ts'
import { AttributeWriter, type NativeBackend } from '../native-backend.ts'
import { replaceKernel } from './replace-kernel.ts'

/** Products of two float matrices by the pack's own operation (engines/pack/ops); batches of them stay TensorFlow's. */
export function registerProducts(tf: TensorFlow, backend: NativeBackend): void {
  const attributes = new AttributeWriter(backend)
  replaceKernel(tf, 'BatchMatMul', ({ a, b }, { transposeA, transposeB }) => {
    const [left, right] = [a as Tensor, b as Tensor]
    const isTaken =
      left.rank === 2 &&
      right.rank === 2 &&
      left.dtype === 'float32' &&
      right.dtype === 'float32' &&
      left.size > 0 &&
      right.size > 0 &&
      !(transposeA === true && transposeB === true)
    if (!isTaken) return null
    const transposed = [transposeA === true ? 1 : 0, transposeB === true ? 1 : 0]
    return backend.executeSingleOutput(
      'FlawsmithMultiply',
      [attributes.integers('transposed', transposed)],
      [left, right],
    )
  })
}
