import type { TensorFlow } from '../../engine.ts'
import type { NativeBackend } from '../native-backend.ts'
import { nativeConvolutions } from './native-convolutions.ts'

/** False with a pack built before it had operations of its own, or on a processor they were not built for. */
export function hasNativeOperations(tf: TensorFlow, backend: NativeBackend): boolean {
  return tf.tidy(() => {
    const one = tf.ones([1, 1, 1, 1])
    try {
      nativeConvolutions(backend).convolve(one, one, { strides: [1, 1], padding: [0, 0], size: [1, 1] })
      return true
    } catch (thrown) {
      if (thrown instanceof Error && thrown.message.includes('FlawsmithConvolve')) return false
      throw thrown
    }
  })
}
