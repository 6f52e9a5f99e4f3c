import type { Stats } from 'node:fs'
import { lstat, realpath, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
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
  shell.showItemInFolder(await realFolder(folder, known))
}

/**
 * Opens a report, that of an export or that of the verdict, in the browser: a file of this name in the folder itself, no link to another.
 * @param known the folders that may be shown
 * @throws FlawsmithError `folder_not_granted` for any other; `folder_not_found`, also where there is no report
 */
export async function openReport(folder: string, known: readonly string[]): Promise<void> {
  const report = join(await realFolder(folder, known), 'report.html')
  if (!(await holds(lstat(report), (found) => found.isFile())))
    throw new FlawsmithError('folder_not_found', `There is no report ${report} any more.`, { folder })
  const problem = await shell.openPath(report)
  if (problem !== '')
    throw new FlawsmithError('folder_not_found', `${report} could not be opened: ${problem}`, { folder })
}

async function realFolder(folder: string, known: readonly string[]): Promise<string> {
  if (networkShare.test(folder) || !known.some((one) => resolve(one) === resolve(folder))) {
    throw new FlawsmithError(
      'folder_not_granted',
      `${folder} is neither the open project nor one of its exports or reports.`,
      {
        folder,
      },
    )
  }
  if (!(await holds(stat(folder), (found) => found.isDirectory())))
    throw new FlawsmithError('folder_not_found', `There is no folder ${folder} any more.`, { folder })
  return realpath(folder)
}

async function holds(looking: Promise<Stats>, condition: (found: Stats) => boolean): Promise<boolean> {
  try {
    return condition(await looking)
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') return false
    throw thrown
  }
}
