import type { KeptHead } from '../../../contract/export.ts'
import type { Db } from '../storage/query.ts'
import { firstPreviousHash, getRecordEntry } from '../storage/record.ts'
import { chainHead } from './chain-head.ts'

/** In which way the record is not the one whose end somebody kept, in words; null where it has only grown since. */
export function findContradiction(db: Db, { length, hash }: KeptHead): string | null {
  const found = length === 0 ? firstPreviousHash : getRecordEntry(db, length)?.hash
  if (found === undefined)
    return `the record once had ${length} entries and has ${chainHead(db).length}: it has been rewritten, or an older backup was restored`
  return found.startsWith(hash)
    ? null
    : `the record has been rewritten since: entry ${length} ended in ${hash}, now in ${found}`
}
