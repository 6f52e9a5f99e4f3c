import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

const folder = (root: string): string => join(root, 'node_modules', 'electron')

/** The version of the electron package the project declares. */
export async function declaredElectron(root: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(folder(root), 'package.json'), 'utf8')) as { version: string }
  return manifest.version
}

/** The executable that electron's own install has put beside its package, or null where it has not run. */
export async function findInstalledElectron(root: string): Promise<string | null> {
  try {
    const name = (await readFile(join(folder(root), 'path.txt'), 'utf8')).trim()
    const installed = (await readFile(join(folder(root), 'dist', 'version'), 'utf8')).trim().replace(/^v/, '')
    if (installed !== (await declaredElectron(root))) return null
    const path = join(folder(root), 'dist', name)
    return (await stat(path)).isFile() ? path : null
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw thrown
  }
}
