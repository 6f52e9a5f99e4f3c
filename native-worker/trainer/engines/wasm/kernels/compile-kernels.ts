import { resolve } from 'node:path'

/** `relaxed` multiplies and adds in one instruction; `plain` runs wherever there is SIMD. */
export type KernelVariant = 'relaxed' | 'plain'

const shared = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--sharedMemory', '--initialMemory', '1']
const features = ['--maximumMemory', '65536', '--enable', 'simd', '--enable', 'threads', '--enable', 'bulk-memory']

/** Compiles the kernels in `folder` (AssemblyScript) in about two seconds. Development and build only: needs the compiler. */
export async function compileKernels(folder: string, variant: KernelVariant): Promise<Uint8Array> {
  const compiler = await import('assemblyscript/asc')
  const relaxed = variant === 'relaxed' ? ['--enable', 'relaxed-simd'] : []
  const written: Uint8Array[] = []
  const { error, stderr } = await compiler.main(
    ['index.ts', '--baseDir', resolve(folder), ...shared, ...features, ...relaxed, '--outFile', 'kernels.wasm'],
    {
      writeFile: (_name, contents) => {
        if (typeof contents !== 'string') written.push(contents)
      },
    },
  )
  const [binary] = written
  if (error !== null || binary === undefined)
    throw new Error(`the kernels in ${folder} do not compile:\n${stderr.toString()}`)
  return binary
}
