import { realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'

/** In the folder, or the folder itself. */
export function lies(path: string, folder: string): boolean {
  if (!isAbsolute(path)) return false
  const way = relative(resolve(folder), resolve(path))
  return way === '' || (way !== '..' && !way.startsWith('../') && !way.startsWith('..\\') && !isAbsolute(way))
}

/** Without links, as far as the path exists. */
export async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (thrown) {
    const parent = dirname(path)
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path) throw thrown
    return join(await realPathOf(parent), basename(path))
  }
}
