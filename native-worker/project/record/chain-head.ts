import type { ChainHead } from '../../../contract/export.ts'
import type { Db } from '../storage/query.ts'
import { firstPreviousHash, lastRecordEntry } from '../storage/record.ts'

/**
 * The end of the project's record. Whoever keeps length and hash outside the project, on paper or in an export, can tell
 * later whether the record up to there is still the same: every entry holds the hash of the one before it.
 */
export function chainHead(db: Db): ChainHead {
  const last = lastRecordEntry(db)
  return last === undefined
    ? { length: 0, hash: firstPreviousHash, recordedAt: null }
    : { length: last.id, hash: last.hash, recordedAt: last.recordedAt }
}
