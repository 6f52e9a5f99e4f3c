import { createHash } from 'node:crypto'
import type { ClassId, RunId, SampleId, Sha256 } from '../../../contract/ids.ts'
import type { RejectReason, ReviewAction, SampleState } from '../../../contract/samples.ts'
import { canonicalJson } from './canonical-json.ts'
import { execute, selectOne } from './query.ts'
import type { Db } from './query.ts'
import { firstPreviousHash } from './record.ts'

/** One appended record: who decided what about which sample, when, why, and what stood there before. */
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
  /** 1 holds none of the facts below and its hash knows none of them; 2 holds all that are known. */
  readonly format: 1 | 2
  readonly classId: ClassId | null
  readonly className: string | null
  readonly runId: RunId | null
  readonly seed: number | null
  readonly checkpointStep: number | null
  readonly checkpointSha256: Sha256 | null
  /** SHA-256 over recipe, engine, seed and parameters of the run. */
  readonly parametersSha256: string | null
}

export const decisionColumns = `
  id, batch, sample_id AS sampleId, sample_sha256 AS sampleSha256, inspector_id AS inspectorId,
  inspector_name AS inspectorName, action, reason, previous_state AS previousState,
  previous_reason AS previousReason, undoes, decided_at AS decidedAt, previous_hash AS previousHash, hash, format,
  class_id AS classId, class_name AS className, run_id AS runId, seed, checkpoint_step AS checkpointStep,
  checkpoint_sha256 AS checkpointSha256, parameters_sha256 AS parametersSha256`

/** What the first form of hash is over; the second is over these and everything that came with it. */
const firstForm = [
  'id',
  'batch',
  'sampleId',
  'sampleSha256',
  'inspectorId',
  'inspectorName',
  'action',
  'reason',
  'previousState',
  'previousReason',
  'undoes',
  'decidedAt',
  'previousHash',
] as const satisfies readonly (keyof Decision)[]

const secondForm = [
  ...firstForm,
  'format',
  'classId',
  'className',
  'runId',
  'seed',
  'checkpointStep',
  'checkpointSha256',
  'parametersSha256',
] as const satisfies readonly (keyof Decision)[]

/** SHA-256 over everything in the record but the hash itself. */
export function hashDecision(decision: Decision): string {
  const names = decision.format === 1 ? firstForm : secondForm
  const held = Object.fromEntries(names.map((name) => [name, decision[name]]))
  return createHash('sha256').update(canonicalJson(held)).digest('hex')
}

/** The end of the chain, where the next record is linked. */
export const lastDecision = (db: Db): { readonly id: number; readonly hash: string } =>
  selectOne(db, 'SELECT id, hash FROM decisions ORDER BY id DESC LIMIT 1') ?? { id: 0, hash: firstPreviousHash }

export function insertDecision(db: Db, decision: Decision): void {
  execute(
    db,
    `INSERT INTO decisions (id, batch, sample_id, sample_sha256, inspector_id, inspector_name, action, reason,
                            previous_state, previous_reason, undoes, decided_at, previous_hash, hash, format,
                            class_id, class_name, run_id, seed, checkpoint_step, checkpoint_sha256, parameters_sha256)
     VALUES (:id, :batch, :sampleId, :sampleSha256, :inspectorId, :inspectorName, :action, :reason,
             :previousState, :previousReason, :undoes, :decidedAt, :previousHash, :hash, :format,
             :classId, :className, :runId, :seed, :checkpointStep, :checkpointSha256, :parametersSha256)`,
    { ...decision },
  )
}
