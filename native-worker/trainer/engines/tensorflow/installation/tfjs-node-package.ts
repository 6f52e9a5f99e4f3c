import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export interface TfjsNodePackage {
  readonly version: string
  /** Folder with the addon's C++ sources. */
  readonly sourceFolder: string
}

/** The installed package whose addon the pack compiles and whose JavaScript drives it. */
export async function findTfjsNode(): Promise<TfjsNodePackage> {
  const manifest = createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json')
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string }
  // A compiler cannot read inside an asar archive: the packaged app keeps this package unpacked beside it.
  const folder = dirname(manifest).replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked')
  return { version, sourceFolder: join(folder, 'binding') }
}
