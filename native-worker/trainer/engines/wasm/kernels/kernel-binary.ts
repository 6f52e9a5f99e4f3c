import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from '../../../../files/write-whole.ts'
import type * as CompileKernels from './compile-kernels.ts'
import type { KernelVariant } from './compile-kernels.ts'

/** A function that multiplies and adds with relaxed SIMD; whoever validates it can run the `relaxed` variant. */
const relaxedProbe = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 123, 123, 123, 1, 123, 3, 2, 1, 0],
  ...[10, 13, 1, 11, 0, 32, 0, 32, 1, 32, 2, 253, 133, 2, 11],
)

export const bestVariant = (): KernelVariant => (WebAssembly.validate(relaxedProbe) ? 'relaxed' : 'plain')

export const kernelFileName = (variant: KernelVariant): string => `wasm-kernels-${variant}.wasm`

/** Built kernels lie beside the bundle; run from source they are compiled once and kept until a source changes. */
export async function readKernelBinary(variant: KernelVariant): Promise<Buffer<ArrayBuffer>> {
  const built = join(import.meta.dirname, kernelFileName(variant))
  if (existsSync(built)) return readFile(built)
  const sources = join(import.meta.dirname, 'assembly')
  const kept = join(import.meta.dirname, '../../../../../.cache/wasm-kernels')
  const file = join(kept, `${await hashOf(sources)}-${kernelFileName(variant)}`)
  if (existsSync(file)) return readFile(file)
  // Computed, so that no bundle takes the compiler in.
  const compiler = new URL('./compile-kernels.ts', import.meta.url).href
  const { compileKernels } = (await import(/* @vite-ignore */ compiler)) as typeof CompileKernels
  await mkdir(kept, { recursive: true })
  await writeWhole(file, await compileKernels(sources, variant))
  return readFile(file)
}

async function hashOf(folder: string): Promise<string> {
  const hash = createHash('sha256')
  for (const name of (await readdir(folder)).toSorted()) hash.update(name).update(await readFile(join(folder, name)))
  return hash.digest('hex').slice(0, 16)
}
