import type { EngineName } from '../../../contract/engines.ts'
import { loadCpuEngine } from './cpu/load-cpu-engine.ts'
import { loadCudaEngine } from './cuda/load-cuda-engine.ts'
import type { Engine } from './engine.ts'
import { loadTensorflowEngine } from './tensorflow/load-tensorflow-engine.ts'
import { loadWasmEngine } from './wasm/load-wasm-engine.ts'
import { loadWebgpuEngine } from './webgpu/load-webgpu-engine.ts'

interface LoadOptions {
  /** Where engine packs are installed. */
  readonly cacheFolder: string
}

/** Every engine there is; the contract says which of them are probed, and in which order. */
const engines: Readonly<Record<EngineName, (options: LoadOptions) => Engine | Promise<Engine>>> = {
  cuda: loadCudaEngine,
  tensorflow: loadTensorflowEngine,
  webgpu: loadWebgpuEngine,
  wasm: loadWasmEngine,
  cpu: loadCpuEngine,
}

/**
 * Loads one engine into this process; once is enough, a process never needs two.
 * @throws FlawsmithError `engine_unavailable` with what is missing and how to get it
 */
export const loadEngine = async (name: EngineName, options: LoadOptions): Promise<Engine> => engines[name](options)
