import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const fromRoot = 'native-worker/trainer/engines/tensorflow/installation/operations'

export interface OperationSources {
  /** C++ files of our own operations, compiled into the addon. */
  readonly files: readonly string[]
  /** Of them and their headers: a pack built from others is out of date. */
  readonly sha256: string
}

export async function findOperationSources(): Promise<OperationSources> {
  // Beside this file in the sources; from the root of the app in a bundle (out/main). A compiler reads no asar archive.
  const bundled = join(import.meta.dirname, '../..', fromRoot).replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked')
  const folder = [join(import.meta.dirname, 'operations'), bundled].find((candidate) => existsSync(candidate))
  if (folder === undefined) throw new Error(`${fromRoot} is missing from the app`)
  const names = (await readdir(folder)).filter((name) => /\.(?:cc|h)$/.test(name)).sort()
  const hash = createHash('sha256')
  for (const name of names) hash.update(`${name}\0`).update(await readFile(join(folder, name)))
  const files = names.filter((name) => name.endsWith('.cc')).map((name) => join(folder, name))
  return { files, sha256: hash.digest('hex') }
}
