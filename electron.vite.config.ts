import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'
import { wantedTarget } from './build/runtime/bundle-target.ts'
import { emitBases } from './build/bases-plugin.ts'
import { emitWasmKernels } from './build/wasm-kernels-plugin.ts'

const target = wantedTarget(import.meta.dirname)

const here = (path: string): string => resolve(import.meta.dirname, path)

/**
 * One bundle per process. Everything that runs in Node shares out/main, so that a file found next to
 * `import.meta.dirname` is found by every process. Packages stay outside the bundles: tfjs breaks when bundled,
 * and the native ones cannot be.
 */
export default defineConfig({
  main: {
    plugins: [
      emitWasmKernels(here('native-worker/trainer/engines/wasm/kernels/assembly')),
      emitBases(here('native-worker/trainer/bases')),
    ],
    build: {
      outDir: 'out/main',
      target: target.node,
      rolldownOptions: {
        input: {
          main: here('electron/main.ts'),
          service: here('native-worker/service/utility-process.ts'),
          cli: here('native-worker/cli/main.ts'),
          trainer: here('native-worker/trainer/child.ts'),
          images: here('native-worker/images/child.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: target.node,
      // A sandboxed preload script cannot load packages.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: here('electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: here('renderer'),
    plugins: [svelte()],
    build: {
      outDir: here('out/renderer'),
      target: target.chrome,
      rolldownOptions: { input: { index: here('renderer/index.html') } },
    },
  },
})
