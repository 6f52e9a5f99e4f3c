import { join } from 'node:path'
import type { Plugin } from 'vite'
import { compileKernels, type KernelVariant } from '../native-worker/compute/engines/wasm/fast/compile-kernels.ts'
import { kernelFileName } from '../native-worker/compute/engines/wasm/fast/kernel-binary.ts'
import { projectRoot } from './setup/project-root.ts'

const sources = join(projectRoot, 'native-worker/compute/engines/wasm/fast/assembly')
const variants: readonly KernelVariant[] = ['relaxed', 'plain']

/** Compiles the training kernels of the wasm engine and lays them beside the bundles. */
export function emitWasmKernels(): Plugin {
  return {
    name: 'flawsmith:wasm-kernels',
    apply: 'build',
    async generateBundle() {
      for (const variant of variants) {
        this.emitFile({
          type: 'asset',
          fileName: kernelFileName(variant),
          source: await compileKernels(sources, variant),
        })
      }
    },
  }
}
