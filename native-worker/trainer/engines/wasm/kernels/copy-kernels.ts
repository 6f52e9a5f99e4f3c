import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs'
import type { TensorFlow } from '../../engine.ts'
import { kernelNumbers } from './kernel-numbers.ts'
import { addressOf, type KernelContext, makeTensor, sizeOf } from './tensor-memory.ts'
import { maximumPieces, wordsEach } from './thread-pool.ts'

/** Rows of one tensor inside wider rows of another, in values. */
interface Copy {
  readonly rows: number
  readonly rowValues: number
  readonly source: number
  readonly sourceStride: number
  readonly target: number
  readonly targetStride: number
}

/** About as many values as are worth a task. */
const taskValues = 16_384

/** Concatenation, splitting and slicing along one axis of float tensors; the rest goes to `published`, tfjs's own kernels. */
export function copyKernels(
  tf: TensorFlow,
  context: KernelContext,
  published: (name: string) => KernelFunc,
): readonly KernelConfig[] {
  const { pool } = context
  const run = (copies: readonly Copy[]): void => {
    const [{ rows } = { rows: 0 }] = copies
    const widest = Math.max(...copies.map(({ rowValues }) => rowValues))
    const rowsEach = Math.max(1, Math.floor(taskValues / widest))
    const tasksEach = Math.ceil(rows / rowsEach)
    copies.forEach(({ rowValues, source, sourceStride, target, targetStride }, piece) => {
      pool.words.set(
        [rows, rowValues, source, sourceStride, target, targetStride, rowsEach, tasksEach],
        piece * wordsEach,
      )
    })
    pool.run(kernelNumbers.copyRows, tasksEach * copies.length)
  }
  const otherwise = { Concat: published('Concat'), SplitV: published('SplitV'), Slice: published('Slice') }
  return [
    {
      kernelName: 'Concat',
      backendName: 'wasm',
      kernelFunc: (call) => {
        const inputs = call.inputs as unknown as TensorInfo[]
        const [first] = inputs
        const covered =
          inputs.length <= maximumPieces && inputs.every(({ dtype, shape }) => dtype === 'float32' && sizeOf(shape) > 0)
        if (first === undefined || !covered) return otherwise.Concat(call)
        const axis = tf.util.parseAxisParam((call.attrs as unknown as { axis: number }).axis, first.shape)[0] ?? 0
        const shapes = inputs.map(({ shape }) => shape)
        tf.backend_util.assertParamsConsistent(shapes, axis)
        const output = makeTensor(context, tf.backend_util.computeOutShape(shapes, axis))
        const rows = sizeOf(first.shape.slice(0, axis))
        const targetStride = sizeOf(output.shape) / rows
        let target = addressOf(context, output)
        const copies = inputs.map((input) => {
          const rowValues = sizeOf(input.shape) / rows
          const copy = {
            rows,
            rowValues,
            source: addressOf(context, input),
            sourceStride: rowValues,
            target,
            targetStride,
          }
          target += rowValues * 4
          return copy
        })
        run(copies)
        return output
      },
    },
    {
      kernelName: 'SplitV',
      backendName: 'wasm',
      kernelFunc: (call) => {
        const { x } = call.inputs as { x: TensorInfo }
        const attributes = call.attrs as unknown as { numOrSizeSplits: number | number[]; axis: number }
        const axis = tf.util.parseAxisParam(attributes.axis, x.shape)[0] ?? 0
        const sizes = tf.backend_util.prepareSplitSize(x as never, attributes.numOrSizeSplits, axis)
        const covered = x.dtype === 'float32' && sizes.length <= maximumPieces && sizeOf(x.shape) * sizeOf(sizes) > 0
        if (!covered) return otherwise.SplitV(call)
        const rows = sizeOf(x.shape.slice(0, axis))
        const sourceStride = sizeOf(x.shape) / rows
        const outputs = sizes.map((size) => makeTensor(context, x.shape.with(axis, size)))
        let source = addressOf(context, x)
        const copies = outputs.map((output) => {
          const rowValues = sizeOf(output.shape) / rows
          const copy = {
            rows,
            rowValues,
            source,
            sourceStride,
            target: addressOf(context, output),
            targetStride: rowValues,
          }
          source += rowValues * 4
          return copy
        })
        run(copies)
        return outputs
      },
    },
    {
      kernelName: 'Slice',
      backendName: 'wasm',
      kernelFunc: (call) => {
        const { x } = call.inputs as { x: TensorInfo }
        const attributes = call.attrs as unknown as { begin: number | number[]; size: number | number[] }
        const [begin, size] = tf.slice_util.parseSliceParams(x as never, attributes.begin, attributes.size) as [
          number[],
          number[],
        ]
        tf.slice_util.assertParamsValid(x as never, begin, size)
        const cut = size.flatMap((length, axis) => (length === x.shape[axis] ? [] : [axis]))
        const [axis = 0] = cut
        if (x.dtype !== 'float32' || cut.length > 1 || sizeOf(size) === 0) return otherwise.Slice(call)
        const output = makeTensor(context, size)
        const rows = sizeOf(size.slice(0, axis))
        const sourceStride = sizeOf(x.shape) / rows
        const rowValues = sizeOf(size) / rows
        const source = addressOf(context, x) + (begin[axis] ?? 0) * sizeOf(size.slice(axis + 1)) * 4
        run([{ rows, rowValues, source, sourceStride, target: addressOf(context, output), targetStride: rowValues }])
        return output
      },
    },
  ]
}
