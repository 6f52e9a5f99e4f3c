import type { EngineName } from '../../../contract/engines.ts'
import type { Engine } from './engine.ts'
import { loadCpuEngine } from './cpu/load-cpu-engine.ts'
import { loadCudaEngine } from './cuda/load-cuda-engine.ts'
import { loadTensorflowEngine } from './tensorflow/load-tensorflow-engine.ts'
import { loadWasmEngine } from './wasm/load-wasm-engine.ts'
import { loadWebgpuEngine } from './webgpu/load-webgpu-engine.ts'

/**
 * Loads one engine into this process; once is enough, a process never needs two.
 * @throws FlawsmithError `engine_unavailable` with what is missing and how to get it
 */
export async function loadEngine(name: EngineName, { cacheFolder }: { cacheFolder: string }): Promise<Engine> {
  switch (name) {
    case 'cuda':
      return loadCudaEngine()
    case 'tensorflow':
      return loadTensorflowEngine({ cacheFolder })
    case 'webgpu':
      return loadWebgpuEngine()
    case 'wasm':
      return loadWasmEngine()
    case 'cpu':
      return loadCpuEngine()
  }
}
