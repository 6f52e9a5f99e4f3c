import { realpath } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'

/** The real path of `folder/name`, or null where it does not exist or leads out of the folder (.., symbolic links). */
export async function fileInside(folder: string, name: string): Promise<string | null> {
  try {
    const root = await realpath(folder)
    const file = await realpath(join(root, name))
    const path = relative(root, file)
    return path === '' || path.startsWith('..') || isAbsolute(path) ? null : file
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return null
    throw thrown
  }
}
