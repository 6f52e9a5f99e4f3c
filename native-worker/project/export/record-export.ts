import { FlawsmithError } from '../../../contract/errors.ts'
import { asStorageFailure } from '../../files/storage-failure.ts'
import type { Project } from '../open-project.ts'
import { insertExport } from '../storage/exports.ts'
import type { NewExport } from '../storage/exports.ts'

/** False where the project's disk takes no record: the export is written all the same, on a disk of its own. */
export function recordExport({ db, folder, readOnly }: Project, written: NewExport): boolean {
  if (readOnly !== null) return false
  try {
    insertExport(db, written)
    return true
  } catch (thrown) {
    if (asStorageFailure(thrown, folder) instanceof FlawsmithError) return false
    throw thrown
  }
}
