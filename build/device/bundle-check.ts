import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'
import { emitBases } from '../bases-plugin.ts'
import { namesPackage } from '../packaging/compute-roots.ts'
import { projectRoot } from '../setup/project-root.ts'
import { emitWasmKernels } from '../wasm-kernels-plugin.ts'

/** Only the native engine's: its libraries are ten times the size of everything else here. */
const leftBehind = ['@tensorflow/tfjs-node-gpu']

/** Compiles tests/device and all it imports to `folder`, and gives the packages it loads from node_modules. */
export async function bundleCheck(folder: string): Promise<readonly string[]> {
  const { dependencies, optionalDependencies } = JSON.parse(
    await readFile(join(projectRoot, 'package.json'), 'utf8'),
  ) as Readonly<Record<'dependencies' | 'optionalDependencies', Readonly<Record<string, string>>>>
  const declared = Object.keys({ ...dependencies, ...optionalDependencies })
  const here = (path: string): string => join(projectRoot, path)
  await build({
    root: projectRoot,
    configFile: false,
    logLevel: 'warn',
    plugins: [
      emitWasmKernels(here('native-worker/trainer/engines/wasm/kernels/assembly')),
      emitBases(here('native-worker/trainer/bases')),
    ],
    build: {
      ssr: true,
      outDir: folder,
      // Outside the project, so Vite wants to be told.
      emptyOutDir: true,
      target: 'node24',
      copyPublicDir: false,
      rolldownOptions: {
        external: declared,
        input: { check: here('tests/device/check.ts'), 'engine-part': here('tests/device/engine-part.ts') },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
  const scripts = (await readdir(folder)).filter((name) => name.endsWith('.js'))
  const texts = await Promise.all(scripts.map((name) => readFile(join(folder, name), 'utf8')))
  const all = texts.join('\n')
  return declared.filter((name) => !leftBehind.includes(name) && namesPackage(all, name))
}
