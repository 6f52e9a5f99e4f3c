import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

const fromRoot = 'native-worker/compute/engines/pack/ops'

/** The C++ files of our own operations, compiled into the addon. */
export async function findOperationSources(): Promise<readonly string[]> {
  // Beside this file in the sources; from the root of the app in a bundle (out/main). A compiler reads no asar archive.
  const bundled = join(import.meta.dirname, '../..', fromRoot).replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked')
  const folder = [join(import.meta.dirname, 'ops'), bundled].find((candidate) => existsSync(candidate))
  if (folder === undefined) throw new Error(`${fromRoot} is missing from the app`)
  return (await readdir(folder)).filter((name) => name.endsWith('.cc')).map((name) => join(folder, name))
}
