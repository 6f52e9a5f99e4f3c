import type { Rank } from '@tensorflow/tfjs'
import type { TensorFlow } from '../../engine.ts'
import type { NativeBackend } from '../native-backend.ts'
import { nativeConvolutions } from './native-convolutions.ts'

/** False with a pack built before it had operations of its own, or on a processor they were not built for. */
export const hasNativeOperations = (tf: TensorFlow, backend: NativeBackend): boolean =>
  tf.tidy(() => {
    const one = tf.ones<Rank.R4>([1, 1, 1, 1])
    return isThere('FlawsmithConvolve', () =>
      nativeConvolutions(backend).convolve(one, one, { strides: [1, 1], padding: [0, 0], size: [1, 1] }),
    )
  })

/** The same for those of crgan's blocks, which packs got later: the newest of them stands for all. */
export const hasNativeBlocks = (tf: TensorFlow, backend: NativeBackend): boolean =>
  tf.tidy(() => {
    const one = tf.ones<Rank.R4>([1, 1, 1, 1])
    return isThere('FlawsmithConvolveOnto', () =>
      nativeConvolutions(backend).convolve(one, one, { strides: [1, 1], padding: [0, 0], size: [1, 1], onto: one }),
    )
  })

function isThere(name: string, call: () => unknown): boolean {
  try {
    call()
    return true
  } catch (thrown) {
    if (thrown instanceof Error && thrown.message.includes(name)) return false
    throw thrown
  }
}
