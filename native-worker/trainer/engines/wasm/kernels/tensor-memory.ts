import type { TensorInfo } from '@tensorflow/tfjs'
import type * as WasmBackend from '@tensorflow/tfjs-backend-wasm'
import type { ProductRunner } from './product-runner.ts'
import type { ThreadPool } from './thread-pool.ts'

export type Backend = InstanceType<typeof WasmBackend.BackendWasm>

/** What a kernel needs: where tensors lie, and who computes. */
export interface KernelContext {
  readonly backend: Backend
  readonly pool: ThreadPool
  readonly products: ProductRunner
  allocate(bytes: number): number
  free(address: number): void
  /** All of the memory, as it is now: it may grow at every allocation. */
  floats(address: number, length: number): Float32Array
}

/** Byte address of a tensor's values. */
export const addressOf = (context: KernelContext, tensor: TensorInfo): number =>
  context.backend.getMemoryOffset(tensor.dataId)

/** A new tensor whose values are not set. */
export const makeTensor = (context: KernelContext, shape: readonly number[]): TensorInfo =>
  context.backend.makeOutput([...shape], 'float32')

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1)
