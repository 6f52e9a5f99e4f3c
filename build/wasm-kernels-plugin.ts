import type { Plugin } from 'vite'
import { compileKernels, type KernelVariant } from '../native-worker/trainer/engines/wasm/kernels/compile-kernels.ts'
import { kernelFileName } from '../native-worker/trainer/engines/wasm/kernels/kernel-binary.ts'

const variants: readonly KernelVariant[] = ['relaxed', 'plain']

/** Compiles the training kernels of the wasm engine, whose sources lie in `folder`, and lays them beside the bundles. */
export function emitWasmKernels(folder: string): Plugin {
  return {
    name: 'flawsmith:wasm-kernels',
    apply: 'build',
    async generateBundle() {
      for (const variant of variants) {
        this.emitFile({
          type: 'asset',
          fileName: kernelFileName(variant),
          source: await compileKernels(folder, variant),
        })
      }
    },
  }
}
