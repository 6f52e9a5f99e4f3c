import { availableParallelism } from 'node:os'
import type { KernelConfig, KernelFunc } from '@tensorflow/tfjs'
import type * as WasmBackend from '@tensorflow/tfjs-backend-wasm'
import type { Arithmetic } from '../../arithmetic.ts'
import type { TensorFlow } from '../../engine.ts'
import { blockKernels } from './block-kernels.ts'
import type { KernelVariant } from './compile-kernels.ts'
import { convolutionKernels } from './convolution-kernels.ts'
import { copyKernels } from './copy-kernels.ts'
import { fuseArithmetic } from './fused-arithmetic.ts'
import { identityKernel } from './identity-kernel.ts'
import { bestVariant, readKernelBinary } from './kernel-binary.ts'
import { matrixKernel } from './matrix-kernel.ts'
import { ProductRunner } from './product-runner.ts'
import { reductionKernels } from './reduction-kernels.ts'
import { registerSharedBackend } from './shared-backend.ts'
import { ThreadPool } from './thread-pool.ts'
import { trainingKernels } from './training-kernels.ts'

export interface FastKernels {
  readonly arithmetic: Arithmetic
  readonly variant: KernelVariant
  readonly threads: number
  /** Ends the threads and puts tfjs's kernels back; tensors made before are of no use afterwards. */
  stop(): Promise<void>
}

/** More threads than this rarely pay on the layers of the recipes here, and the machine is the user's. */
const mostThreads = 4

/**
 * Makes tfjs's `wasm` backend use our own convolutions and matrix products, on several threads. Results do not depend on the
 * number of threads; they do on the variant. Call it instead of `tf.setBackend('wasm')`.
 */
export async function loadFastKernels(
  tf: TensorFlow,
  wasm: typeof WasmBackend,
  {
    threads = Math.min(availableParallelism(), mostThreads),
    variant = bestVariant(),
  }: { threads?: number; variant?: KernelVariant } = {},
): Promise<FastKernels> {
  const binary = await readKernelBinary(variant)
  const { backend, memory, allocate, free } = await registerSharedBackend(tf, wasm)
  await tf.setBackend('wasm')
  await tf.ready()
  const pool = new ThreadPool({ binary, memory, allocate, threads })
  const context = {
    backend,
    pool,
    products: new ProductRunner(pool, { memory, allocate, free }),
    allocate,
    free,
    floats: (address: number, length: number) => new Float32Array(memory.buffer, address, length),
  }
  const replaced = new Map<string, KernelConfig>()
  const published = (name: string): KernelFunc => {
    const kernel = tf.getKernel(name, 'wasm') as KernelConfig | undefined
    if (kernel === undefined) return refuse(name)
    replaced.set(name, kernel)
    return kernel.kernelFunc
  }
  const kernels = [
    ...convolutionKernels(tf, context, published),
    matrixKernel(context, published),
    identityKernel(context, published),
    ...reductionKernels(tf, context, published),
    ...copyKernels(tf, context, published),
    ...trainingKernels(context),
    ...blockKernels(context),
  ]
  for (const kernel of kernels) register(tf, kernel)
  return {
    arithmetic: fuseArithmetic(tf),
    variant,
    threads,
    stop: async () => {
      for (const kernel of replaced.values()) register(tf, kernel)
      await pool.stop()
    },
  }
}

const refuse =
  (name: string): KernelFunc =>
  () => {
    throw new Error(`the wasm engine computes ${name} for non-empty float32 tensors in NHWC order only`)
  }

function register(tf: TensorFlow, kernel: KernelConfig): void {
  const registered = tf.getKernel(kernel.kernelName, 'wasm') as KernelConfig | undefined
  if (registered !== undefined) tf.unregisterKernel(kernel.kernelName, 'wasm')
  tf.registerKernel(kernel)
}
