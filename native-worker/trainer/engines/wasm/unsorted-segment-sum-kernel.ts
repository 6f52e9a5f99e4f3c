import type { Tensor, Tensor1D } from '@tensorflow/tfjs'
import type { TensorFlow } from '../engine.ts'

/** Sums rows that share a segment, the gradient of a look-up: a product with the one-hot matrix of the segments. */
export function registerUnsortedSegmentSum(tf: TensorFlow): void {
  tf.registerKernel({
    kernelName: 'UnsortedSegmentSum',
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => {
      const { x, segmentIds } = inputs as unknown as { x: Tensor; segmentIds: Tensor1D }
      const { numSegments } = attrs as unknown as { numSegments: number }
      return tf.tidy(() => {
        const [count = 0, ...rest] = x.shape
        const oneHot = tf.oneHot(segmentIds, numSegments).cast('float32') // [count, numSegments]
        const rows = tf.reshape(x, [count, -1]) // [count, width]
        return tf.reshape(tf.matMul(oneHot as never, rows as never, true, false), [numSegments, ...rest])
      })
    },
  })
}
