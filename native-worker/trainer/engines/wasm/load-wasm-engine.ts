import { createRequire } from 'node:module'
import { dirname, sep } from 'node:path'
import type * as WasmBackend from '@tensorflow/tfjs-backend-wasm'
import type { Engine, TensorFlow } from '../engine.ts'
import { KeptParameter } from '../kept-parameter.ts'
import { loadFastKernels } from './kernels/load-fast-kernels.ts'
import { registerUnsortedSegmentSum } from './unsorted-segment-sum-kernel.ts'

/** WebAssembly with SIMD on a few threads: always there. */
export async function loadWasmEngine(): Promise<Engine> {
  const require = createRequire(import.meta.url)
  const tf = require('@tensorflow/tfjs') as TensorFlow
  const wasm = require('@tensorflow/tfjs-backend-wasm') as typeof WasmBackend
  wasm.setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep)
  const { arithmetic, variant } = await loadFastKernels(tf, wasm)
  registerUnsortedSegmentSum(tf)
  return {
    name: 'wasm',
    tf,
    arithmetic,
    versions: {
      tfjs: tf.version.tfjs,
      'tfjs-backend-wasm': wasm.version_wasm,
      'wasm-kernels': variant,
      node: process.versions.node,
    },
    createParameter: (spec, values) => new KeptParameter(tf, spec, values),
  }
}
