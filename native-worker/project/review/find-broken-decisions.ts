import type { VerifyProblem } from '../../../contract/export.ts'
import type { SampleId } from '../../../contract/ids.ts'
import type { RejectReason, SampleState } from '../../../contract/samples.ts'
import { decisionColumns, hashDecision } from '../storage/decisions.ts'
import type { Decision } from '../storage/decisions.ts'
import { selectAll, selectOne } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'
import { firstPreviousHash } from '../storage/record.ts'
import { factsIn, SampleFactsReader } from './sample-facts.ts'
import { stateAfter } from './state-after.ts'

interface RecordedSample {
  readonly id: SampleId
  readonly state: SampleState
  readonly reason: RejectReason | null
  readonly decisionId: number | null
}

/**
 * Follows the chain of decisions from its start and compares every sample with what the decisions say about it.
 * Finds changed, inserted, removed and reordered records, and samples whose state, or anything that was decided on, was
 * changed past the records.
 */
export function findBrokenDecisions(db: Db): VerifyProblem[] {
  const problems: VerifyProblem[] = []
  const report = (path: string, detail: string): void =>
    void problems.push({ kind: 'broken_decision_chain', path, detail })
  const inForce = new Map<SampleId, Decision[]>()
  const newest = new Map<SampleId, Decision>()
  let previousFormat = 1
  let previousId = 0
  let previousHash = firstPreviousHash
  for (const decision of selectAll<Decision>(db, `SELECT ${decisionColumns} FROM decisions ORDER BY id`)) {
    const path = `decision ${decision.id}`
    if (decision.id !== previousId + 1) report(path, `follows decision ${previousId}: records are missing`)
    if (decision.previousHash !== previousHash) report(path, 'is not linked to the record before it')
    if (decision.hash !== hashDecision(decision)) report(path, 'was changed after it was written')
    if (decision.format < previousFormat) report(path, 'is of an older form than the record before it')
    if (decision.format === 1 && factsIn(decision).length > 0)
      report(path, `${factsIn(decision).join(', ')} was written beside its hash`)
    previousFormat = decision.format
    previousId = decision.id
    previousHash = decision.hash
    newest.set(decision.sampleId, decision)
    const standing = inForce.get(decision.sampleId) ?? []
    inForce.set(
      decision.sampleId,
      decision.action === 'undo' ? standing.filter(({ id }) => id !== decision.undoes) : [...standing, decision],
    )
  }
  const written = selectOne<{ seq: number }>(db, `SELECT seq FROM sqlite_sequence WHERE name = 'decisions'`)?.seq ?? 0
  if (written > previousId) report(`decision ${written}`, `the last ${written - previousId} records are missing`)
  const reader = new SampleFactsReader(db)
  const facts = reader.readDecided()
  for (const sample of selectAll<RecordedSample>(
    db,
    'SELECT id, state, reason, decision_id AS decisionId FROM samples ORDER BY id',
  )) {
    const expected = stateAfter(inForce.get(sample.id)?.at(-1) ?? null)
    if (
      sample.state !== expected.state ||
      sample.reason !== expected.reason ||
      sample.decisionId !== expected.decisionId
    )
      report(`sample ${sample.id}`, `is ${sample.state}, its decisions say ${expected.state}`)
    const decision = newest.get(sample.id)
    const current = facts.get(sample.id)
    if (decision === undefined || current === undefined) continue
    const differing = reader.factsChangedSince(decision, current)
    if (differing.length > 0) report(`sample ${sample.id}`, `${differing.join(', ')} is not what was decided on`)
  }
  return problems
}
