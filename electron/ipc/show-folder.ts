import { realpath, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { shell } from 'electron'
import { FlawsmithError } from '../../contract/errors.ts'

/** `\\\\server\\share`, in either spelling: touching one logs in to it. */
const networkShare = /^[\\/]{2}/

/**
 * Shows a folder in the file manager, inside its parent: it is never opened itself, since a folder can be a program.
 * @param known the folders that may be shown
 * @throws FlawsmithError `folder_not_granted` for any other; `folder_not_found`
 */
export async function showFolder(folder: string, known: readonly string[]): Promise<void> {
  if (networkShare.test(folder) || !known.some((one) => resolve(one) === resolve(folder))) {
    throw new FlawsmithError('folder_not_granted', `${folder} is neither the open project nor one of its exports.`, {
      folder,
    })
  }
  if (!(await isFolder(folder))) {
    throw new FlawsmithError('folder_not_found', `There is no folder ${folder} any more.`, { folder })
  }
  shell.showItemInFolder(await realpath(folder))
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') return false
    throw thrown
  }
}
