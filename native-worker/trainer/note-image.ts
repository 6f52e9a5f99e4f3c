import { appendFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Sha256 } from '../../contract/ids.ts'
import { asStorageFailure } from '../files/storage-failure.ts'

/**
 * Names an image in a list before it is written, so that one nobody heard of can be told from other images and cleared away.
 * The list's folder must be there. Throws `disk_full`, `folder_not_writable`.
 */
export async function noteImage(listFile: string, sha256: Sha256): Promise<void> {
  try {
    await appendFile(listFile, `${sha256}\n`)
  } catch (thrown) {
    throw asStorageFailure(thrown, dirname(listFile))
  }
}
