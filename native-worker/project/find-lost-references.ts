import type { VerifyProblem } from '../../contract/export.ts'
import { hashFile } from '../files/hash-file.ts'
import type { Original } from './storage/originals.ts'
import { selectAll } from './storage/query.ts'
import type { Db } from './storage/query.ts'

/** Files that the project only refers to and that are gone, or others now. Throws the signal's reason when it is raised. */
export async function findLostReferences(db: Db, signal: AbortSignal | undefined): Promise<VerifyProblem[]> {
  const lost: VerifyProblem[] = []
  const references = selectAll<Pick<Original, 'sha256'> & { readonly path: string; readonly sizeBytes: number }>(
    db,
    'SELECT sha256, path, size_bytes AS sizeBytes FROM originals WHERE kept = 0 ORDER BY id',
  )
  for (const { sha256, path, sizeBytes } of references) {
    signal?.throwIfAborted()
    const found = await hashFile(path, { sizeBytes })
    if (found === null)
      lost.push({ kind: 'missing_file', path, detail: 'is only referred to, and is not where it was imported from' })
    else if (found !== sha256)
      lost.push({ kind: 'changed_file', path, detail: 'is only referred to, and is not what was imported' })
  }
  return lost
}
