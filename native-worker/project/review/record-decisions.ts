import type { SampleId } from '../../../contract/ids.ts'
import { isQuarantined, type Sample } from '../../../contract/samples.ts'
import { hashDecision, insertDecision, lastDecision } from '../storage/decisions.ts'
import type { Decision } from '../storage/decisions.ts'
import { execute } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'
import { recordRows } from '../storage/record.ts'
import { recordOverride } from '../storage/gate-overrides.ts'
import { getSample } from '../storage/samples.ts'
import { SampleFactsReader } from './sample-facts.ts'
import type { DecidedState } from './state-after.ts'

export interface DecisionDraft extends Pick<Decision, 'action' | 'reason' | 'undoes'> {
  readonly sampleId: SampleId
  /** What the sample becomes; gets the id of the new record. */
  readonly result: (id: number) => DecidedState
}

/** Appends linked records and updates their samples. Call it inside a transaction; gives the samples as they are now. */
export function recordDecisions(
  db: Db,
  {
    drafts,
    inspectorId,
    inspectorName,
  }: { readonly drafts: readonly DecisionDraft[] } & Pick<Decision, 'inspectorId' | 'inspectorName'>,
): Sample[] {
  const decidedAt = new Date().toISOString()
  const facts = new SampleFactsReader(db)
  let { id, hash: previousHash } = lastDecision(db)
  const batch = id + 1
  const overridden: { readonly sample: Sample; readonly decisionId: number }[] = []
  const decided = drafts.map(({ sampleId, action, reason, undoes, result }) => {
    const sample = getSample(db, sampleId)
    const record: Decision = {
      ...facts.read(sampleId),
      id: ++id,
      batch,
      sampleId,
      inspectorId,
      inspectorName,
      action,
      reason,
      previousState: sample.state,
      previousReason: sample.reason,
      undoes,
      decidedAt,
      previousHash,
      hash: '',
      format: 2,
    }
    previousHash = hashDecision(record)
    insertDecision(db, { ...record, hash: previousHash })
    const state = result(record.id)
    execute(db, 'UPDATE samples SET state = :state, reason = :reason, decision_id = :decisionId WHERE id = :sampleId', {
      ...state,
      sampleId,
    })
    if (action === 'accept' && isQuarantined(sample)) overridden.push({ sample, decisionId: record.id })
    return { ...sample, state: state.state, reason: state.reason }
  })
  if (decided.length > 0) recordRows(db, { kind: 'decisions', firstId: batch, lastId: id })
  for (const each of overridden) recordOverride(db, { ...each, kind: 'accepted', by: inspectorName })
  return decided
}
