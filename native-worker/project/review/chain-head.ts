import type { ChainHead } from '../../../contract/export.ts'
import { firstPreviousHash } from '../storage/decisions.ts'
import { selectOne } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'

/**
 * The end of the project's record. Whoever keeps length and hash outside the project, on paper or in an export, can tell
 * later whether the record up to there is still the same: every entry holds the hash of the one before it.
 */
export const chainHead = (db: Db): ChainHead =>
  selectOne<ChainHead>(
    db,
    'SELECT id AS length, hash, decided_at AS recordedAt FROM decisions ORDER BY id DESC LIMIT 1',
  ) ?? { length: 0, hash: firstPreviousHash, recordedAt: null }
