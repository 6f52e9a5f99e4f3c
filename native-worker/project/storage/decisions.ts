import { createHash } from 'node:crypto'
import type { SampleId, Sha256 } from '../../../contract/ids.ts'
import type { RejectReason, ReviewAction, SampleState } from '../../../contract/samples.ts'
import { canonicalJson } from './canonical-json.ts'
import { execute, selectOne } from './query.ts'
import type { Db } from './query.ts'

/** One appended record: who decided what about which picture, when, why, and what stood there before. */
export interface Decision {
  readonly id: number
  readonly batch: number
  readonly sampleId: SampleId
  readonly sampleSha256: Sha256
  readonly inspectorId: number
  readonly inspectorName: string
  readonly action: ReviewAction | 'undo'
  readonly reason: RejectReason | null
  readonly previousState: SampleState
  readonly previousReason: RejectReason | null
  /** The decision an undo takes back. */
  readonly undoes: number | null
  readonly decidedAt: string
  /** Hash of the record before this one; 64 zeros for the first. */
  readonly previousHash: string
  readonly hash: string
}

export const decisionColumns = `
  id, batch, sample_id AS sampleId, sample_sha256 AS sampleSha256, inspector_id AS inspectorId,
  inspector_name AS inspectorName, action, reason, previous_state AS previousState,
  previous_reason AS previousReason, undoes, decided_at AS decidedAt, previous_hash AS previousHash, hash`

export const firstPreviousHash = '0'.repeat(64)

/** SHA-256 over everything in the record but the hash itself. */
export const hashDecision = ({ hash: _hash, ...record }: Decision): string =>
  createHash('sha256').update(canonicalJson(record)).digest('hex')

/** The end of the chain, where the next record is linked. */
export const lastDecision = (db: Db): { readonly id: number; readonly hash: string } =>
  selectOne(db, 'SELECT id, hash FROM decisions ORDER BY id DESC LIMIT 1') ?? { id: 0, hash: firstPreviousHash }

export function insertDecision(db: Db, decision: Decision): void {
  execute(
    db,
    `INSERT INTO decisions (id, batch, sample_id, sample_sha256, inspector_id, inspector_name, action, reason,
                            previous_state, previous_reason, undoes, decided_at, previous_hash, hash)
     VALUES (:id, :batch, :sampleId, :sampleSha256, :inspectorId, :inspectorName, :action, :reason,
             :previousState, :previousReason, :undoes, :decidedAt, :previousHash, :hash)`,
    { ...decision },
  )
}
