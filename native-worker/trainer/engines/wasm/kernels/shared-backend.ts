import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type * as WasmBackend from '@tensorflow/tfjs-backend-wasm'
import type { TensorFlow } from '../../engine.ts'
import type { Backend } from './tensor-memory.ts'
import { importSharedMemory, maximumPages } from './import-memory.ts'

/** What tfjs's compiled part offers (Emscripten's conventions). */
interface CompiledBackend {
  _malloc(bytes: number): number
  _free(address: number): void
  cwrap(name: string, result: string | null, parameters: readonly string[]): unknown
  tfjs?: unknown
}

interface FactoryOptions {
  instantiateWasm(imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void): object
}

export interface SharedMemory {
  readonly memory: WebAssembly.Memory
  /** @throws RangeError when the memory is full */
  allocate(bytes: number): number
  free(address: number): void
}

/**
 * Puts tfjs's WebAssembly backend on a shared memory, under its usual name. Its compiled part is the published one; only
 * where the memory comes from changes.
 */
export async function registerSharedBackend(
  tf: TensorFlow,
  wasm: typeof WasmBackend,
): Promise<SharedMemory & { readonly backend: Backend }> {
  const require = createRequire(import.meta.url)
  const create = require('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js') as (
    options: FactoryOptions,
  ) => Promise<CompiledBackend>
  const published = await readFile(
    require.resolve('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm'),
  )
  const { binary, initialPages } = importSharedMemory(published)
  const memory = new WebAssembly.Memory({ initial: initialPages, maximum: maximumPages, shared: true })
  const module = await WebAssembly.compile(binary)
  const compiled = await create({
    instantiateWasm: (imports, receive) => {
      receive(new WebAssembly.Instance(module, { ...imports, env: { ...imports['env'], memory } }))
      return {}
    },
  })
  const number = 'number'
  compiled.tfjs = {
    init: compiled.cwrap('init', null, []),
    initWithThreadsCount: compiled.cwrap('init_with_threads_count', null, [number]),
    getThreadsCount: compiled.cwrap('get_threads_count', number, []),
    registerTensor: compiled.cwrap('register_tensor', null, [number, number, number]),
    disposeData: compiled.cwrap('dispose_data', null, [number]),
    dispose: compiled.cwrap('dispose', null, []),
  }
  const backend = new wasm.BackendWasm(compiled as unknown as ConstructorParameters<typeof wasm.BackendWasm>[0])
  tf.removeBackend('wasm')
  tf.registerBackend('wasm', () => backend, 2)
  return {
    backend,
    memory,
    allocate: (bytes) => {
      const address = compiled._malloc(bytes) >>> 0
      if (address === 0) throw new RangeError(`no ${bytes} bytes left in the 4 GiB of the wasm engine`)
      return address
    },
    free: (address) => {
      compiled._free(address)
    },
  }
}
