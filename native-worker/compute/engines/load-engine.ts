import { FlawsmithError } from '../../../contract/errors.ts'
import type { EngineName } from '../../../contract/engines.ts'
import type { Engine } from './engine.ts'
import { loadCpuEngine } from './load-cpu-engine.ts'
import { loadTensorflowEngine } from './load-tensorflow-engine.ts'
import { loadWasmEngine } from './load-wasm-engine.ts'

/**
 * Loads one engine into this process; once is enough, a process never needs two.
 * @throws FlawsmithError `engine_unavailable` with what is missing and how to get it
 */
export async function loadEngine(name: EngineName, { cacheFolder }: { cacheFolder: string }): Promise<Engine> {
  switch (name) {
    case 'wasm':
      return loadWasmEngine()
    case 'tensorflow':
      return loadTensorflowEngine({ cacheFolder })
    case 'cpu':
      return loadCpuEngine()
    default:
      throw new FlawsmithError('engine_unavailable', `no ${name} in ${cacheFolder}`, { engine: name })
  }
}
