import { access, constants, mkdir, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { FlawsmithError } from '../../../contract/errors.ts'
import { asStorageFailure } from '../../files/storage-failure.ts'
import { assertAbsent } from '../assert-absent.ts'
import { assertFreeGround } from '../assert-free-ground.ts'
import { beginUnfinishedExport, clearAbandonedExports } from './unfinished-exports.ts'

/** A folder under way: what is written in it is there once all of it is. */
export interface UnfinishedFolder {
  readonly folder: string
  /** Others that were left beside it, and nobody can be sure about. */
  readonly unfinishedBeside: readonly string[]
}

/**
 * Builds a folder that appears whole or not at all, on no ground of a project or an export.
 * @param out its absolute path
 * @throws FlawsmithError `export_target_exists`, `inside_project`, `inside_export`, `disk_full`, `folder_not_writable`, and `cancelled`
 * with `whenCancelled`
 */
export async function writeWholeFolder<Result>(
  out: string,
  { signal, whenCancelled }: { readonly signal?: AbortSignal | undefined; readonly whenCancelled: string },
  build: (unfinished: UnfinishedFolder) => Promise<Result>,
): Promise<Result> {
  await assertAbsent(out)
  assertFreeGround(out)
  const parent = dirname(out)
  try {
    await mkdir(parent, { recursive: true })
    await access(parent, constants.W_OK)
    const unfinishedBeside = await clearAbandonedExports(parent)
    const unfinished = await beginUnfinishedExport(parent)
    try {
      const result = await build({ folder: unfinished.folder, unfinishedBeside })
      signal?.throwIfAborted()
      await assertAbsent(out)
      await rename(unfinished.folder, out)
      return result
    } finally {
      await unfinished.clear()
    }
  } catch (thrown) {
    if (signal?.aborted === true && !(thrown instanceof FlawsmithError))
      throw new FlawsmithError('cancelled', whenCancelled, {}, { cause: thrown })
    throw asStorageFailure(thrown, parent)
  }
}
