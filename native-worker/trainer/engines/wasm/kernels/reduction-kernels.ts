import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs'
import type { TensorFlow } from '../../engine.ts'
import { kernelNumbers } from './kernel-numbers.ts'
import { addressOf, type KernelContext, makeTensor, sizeOf } from './tensor-memory.ts'

/** About as many values as are worth a task. */
const taskValues = 16_384

/** Sum and mean over neighbouring axes; others, and other types, go to `published`, tfjs's own kernels. */
export function reductionKernels(
  tf: TensorFlow,
  context: KernelContext,
  published: (name: string) => KernelFunc,
): readonly KernelConfig[] {
  return (['Sum', 'Mean'] as const).map((kernelName) => {
    const otherwise = published(kernelName)
    return {
      kernelName,
      backendName: 'wasm',
      kernelFunc: (call) => {
        const { x } = call.inputs as { x: TensorInfo }
        const { axis, keepDims } = call.attrs as unknown as { axis: number | number[]; keepDims?: boolean }
        const axes = tf.util.parseAxisParam(axis, [...x.shape]).toSorted((a, b) => a - b)
        const first = axes[0] ?? 0
        const neighbours = axes.length > 0 && axes.every((each, index) => each === first + index)
        if (!neighbours || x.dtype !== 'float32' || sizeOf(x.shape) === 0) return otherwise(call)
        const outer = sizeOf(x.shape.slice(0, first))
        const reduced = sizeOf(axes.map((each) => x.shape[each] ?? 1))
        const inner = sizeOf(x.shape.slice(first + axes.length))
        const shape = x.shape.flatMap((length, index) =>
          axes.includes(index) ? (keepDims === true ? [1] : []) : [length],
        )
        const output = makeTensor(context, shape)
        const each = Math.max(1, Math.floor(taskValues / (reduced * inner)))
        context.pool.words.set([outer, reduced, inner, addressOf(context, x), addressOf(context, output), each])
        context.pool.floats[6] = kernelName === 'Mean' ? 1 / reduced : 1
        context.pool.run(kernelNumbers.reduceMiddle, Math.ceil(outer / each))
        return output
      },
    }
  })
}
