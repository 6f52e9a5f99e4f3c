import type { ChainHead, KeptHead, VerifyProblem } from '../../../contract/export.ts'
import { findContradiction } from '../record/find-contradiction.ts'
import { listExportHashes } from '../storage/exports.ts'
import type { Db } from '../storage/query.ts'

interface FoundExport {
  readonly folder: string
  /** SHA-256 of the files as they lie there; null where one is missing. */
  readonly manifestSha256: string | null
  readonly sumsSha256: string | null
  /** The end of the record that the export carries. */
  readonly head: ChainHead | null
  readonly kept: KeptHead | undefined
}

/**
 * Compares an export with what the project recorded when it wrote it. An export that was moved is known by its sums or its
 * manifest; one whose files were replaced, by its folder.
 */
export function compareExportWithProject(db: Db, found: FoundExport): VerifyProblem[] {
  const recorded = listExportHashes(db)
  const own =
    recorded.find(({ sumsSha256 }) => sumsSha256 !== null && sumsSha256 === found.sumsSha256) ??
    recorded.find(({ manifestSha256 }) => manifestSha256 === found.manifestSha256) ??
    recorded.find(({ out }) => out === found.folder)
  const problems: VerifyProblem[] = []
  const changed = (path: string, detail: string): void => void problems.push({ kind: 'changed_file', path, detail })
  if (own === undefined) changed('manifest.csv', 'the project has recorded no export with this manifest')
  else {
    if (found.manifestSha256 !== own.manifestSha256)
      changed('manifest.csv', `is not the one of the export: the project recorded SHA-256 ${own.manifestSha256}`)
    if (own.sumsSha256 !== null && found.sumsSha256 !== own.sumsSha256)
      changed('SHA256SUMS', `is not the one of the export: the project recorded SHA-256 ${own.sumsSha256}`)
  }
  for (const [path, head] of [
    ['export.json', found.head],
    ['kept head', found.kept],
  ] as const) {
    const contradiction = head ? findContradiction(db, head) : null
    if (contradiction !== null) problems.push({ kind: 'rewritten_record', path, detail: contradiction })
  }
  return problems
}
