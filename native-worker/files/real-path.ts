import { realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'

/** In the folder, or the folder itself. */
export function lies(path: string, folder: string): boolean {
  if (!isAbsolute(path)) return false
  const way = relative(resolve(folder), resolve(path))
  return way === '' || (way !== '..' && !way.startsWith('../') && !way.startsWith('..\\') && !isAbsolute(way))
}

/** What of the path exists, with links resolved, and the rest as it is. */
export function realPathOf(path: string): string {
  try {
    return realpathSync(path)
  } catch (thrown) {
    const parent = dirname(path)
    if (parent === path) throw thrown
    return join(realPathOf(parent), basename(path))
  }
}
