import { join } from 'node:path'
import { FlawsmithError } from '../../../../../contract/errors.ts'
import { findNodeHeaders } from './node-headers.ts'
import { runCommand } from '../../../../files/run-command.ts'
import { addonName, libraryNames } from './tensorflow-pack.ts'

/** Everything but the paths; kept in pack.json. */
export const compilerFlags = [
  '-std=c++17',
  '-O3',
  // The pack runs on the machine that builds it; our matrix products are three times slower without AVX2 and FMA.
  '-march=native',
  // Lets the compiler turn a choice between two products into vectors; nothing here reads the floating-point flags.
  '-fno-trapping-math',
  '-fPIC',
  '-shared',
  '-DNAPI_VERSION=8',
  // Leaves kernels.h without the includes of a distributed runtime that the wheel lacks.
  '-DIS_SLIM_BUILD',
  '-static-libstdc++',
  '-Wl,-rpath,$ORIGIN',
] as const

/** Compiles tfjs-node's unchanged addon sources and our own operations against the libraries in `folder`, into the same folder. */
export async function compileAddon({
  sourceFolder,
  operationSources,
  includeFolder,
  folder,
  signal,
}: {
  readonly sourceFolder: string
  readonly operationSources: readonly string[]
  /** TensorFlow's C headers. */
  readonly includeFolder: string
  readonly folder: string
  readonly signal: AbortSignal
}): Promise<void> {
  const headers = findNodeHeaders()
  if (headers === null)
    throw new FlawsmithError('engine_install_failed', "Node's headers (node_api.h) are missing.", { step: 'compile' })
  const addonSources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(sourceFolder, name))
  const sources = [...addonSources, ...operationSources]
  const libraries = ['-L', folder, ...libraryNames.map((name) => `-l:${name}`)]
  const { code, stderr } = await runCommand(
    'g++',
    [...compilerFlags, '-I', headers, '-I', includeFolder, ...sources, '-o', join(folder, addonName), ...libraries],
    { signal },
  )
  signal.throwIfAborted()
  if (code === 0) return
  const firstError =
    stderr.split('\n').find((line) => /error|cannot|not found/i.test(line)) ?? stderr.trim().slice(0, 300)
  throw new FlawsmithError('engine_install_failed', `g++ could not compile the native engine: ${firstError}`, {
    step: 'compile',
  })
}
