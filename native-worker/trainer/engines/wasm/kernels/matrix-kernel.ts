import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs'
import { matrixProduct } from './convolution.ts'
import { addressOf, type KernelContext, makeTensor, sizeOf } from './tensor-memory.ts'

/** Matrix product over equal batches, or a batch with one matrix; other broadcasts go to `published`, tfjs's own kernel. */
export function matrixKernel(context: KernelContext, published: (name: string) => KernelFunc): KernelConfig {
  const otherwise = published('BatchMatMul')
  return {
    kernelName: 'BatchMatMul',
    backendName: 'wasm',
    kernelFunc: (call) => {
      const { a, b } = call.inputs as unknown as { a: TensorInfo; b: TensorInfo }
      const { transposeA, transposeB } = call.attrs as unknown as { transposeA: boolean; transposeB: boolean }
      const left = readMatrices(a.shape)
      const right = readMatrices(b.shape)
      const batch = Math.max(left.count, right.count)
      const batchShape = left.count === batch ? left.batch : right.batch
      const broadcasts = [left, right].every(({ count, batch: own }) => count === 1 || own.join() === batchShape.join())
      if (!broadcasts || a.dtype !== 'float32' || b.dtype !== 'float32' || sizeOf(a.shape) * sizeOf(b.shape) === 0)
        return otherwise(call)
      const [rows, terms] = transposeA ? [left.columns, left.rows] : [left.rows, left.columns]
      const [columns, rightTerms] = transposeB ? [right.rows, right.columns] : [right.columns, right.rows]
      if (terms !== rightTerms)
        throw new Error(
          `matrices [${a.shape.join()}] and [${b.shape.join()}] do not multiply: ${terms} ≠ ${rightTerms}`,
        )
      const output = makeTensor(context, [...batchShape, rows, columns])
      const places = { left: addressOf(context, a), right: addressOf(context, b), output: addressOf(context, output) }
      const step = (matrices: Matrices, index: number): number =>
        matrices.count === 1 ? 0 : index * matrices.rows * matrices.columns * 4
      context.products.run(
        Array.from({ length: batch }, (_, index) =>
          matrixProduct(
            { rows, columns, terms },
            {
              left: places.left + step(left, index),
              right: places.right + step(right, index),
              output: places.output + index * rows * columns * 4,
              transposesLeft: transposeA,
              transposesRight: transposeB,
            },
          ),
        ),
      )
      return output
    },
  }
}

interface Matrices {
  readonly batch: readonly number[]
  readonly count: number
  readonly rows: number
  readonly columns: number
}

function readMatrices(shape: readonly number[]): Matrices {
  const batch = shape.slice(0, -2)
  return { batch, count: sizeOf(batch), rows: shape.at(-2) ?? 1, columns: shape.at(-1) ?? 1 }
}
