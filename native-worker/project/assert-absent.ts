import { lstat } from 'node:fs/promises'
import { FlawsmithError } from '../../contract/errors.ts'
import { asStorageFailure } from '../files/storage-failure.ts'

/** What is written whole is written to a place where nothing is. Throws `export_target_exists`. */
export async function assertAbsent(folder: string): Promise<void> {
  try {
    await lstat(folder)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return
    throw asStorageFailure(thrown, folder)
  }
  throw new FlawsmithError('export_target_exists', `${folder} exists already. Choose a new folder.`, { folder })
}
