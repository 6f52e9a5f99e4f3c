import { FlawsmithError } from '../../../contract/errors.ts'
import type { SampleId } from '../../../contract/ids.ts'
import { decisionColumns, hashDecision } from '../storage/decisions.ts'
import type { Decision } from '../storage/decisions.ts'
import { selectAll } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'
import { SampleFactsReader } from './sample-facts.ts'

/**
 * Nothing leaves a project as accepted that is not what an inspector accepted: every accepted sample has its own decision,
 * unchanged, about the picture, class, run, seed and checkpoint that the sample has now. Throws `record_broken`, naming
 * the first that has not.
 */
export function assertAcceptedAsDecided(db: Db): void {
  const accepted = selectAll<{ id: SampleId; decisionId: number | null }>(
    db,
    `SELECT id, decision_id AS decisionId FROM samples WHERE state = 'accepted'`,
  )
  const decisions = new Map(
    selectAll<Decision>(
      db,
      // The last on its sample that was not taken back.
      `SELECT ${decisionColumns} FROM decisions d
       WHERE d.id IN (SELECT decision_id FROM samples WHERE state = 'accepted')
         AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = d.id)
         AND NOT EXISTS (
           SELECT 1 FROM decisions later WHERE later.sample_id = d.sample_id AND later.id > d.id AND later.action <> 'undo'
             AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = later.id)
         )`,
    ).map((decision) => [decision.id, decision]),
  )
  const reader = new SampleFactsReader(db)
  const facts = reader.readDecided()
  for (const { id, decisionId } of accepted) {
    const decision = decisions.get(decisionId ?? 0)
    const current = facts.get(id)
    if (decision?.action !== 'accept' || decision.sampleId !== id || current === undefined)
      throw broken(id, 'no decision says so')
    if (hashDecision(decision) !== decision.hash) throw broken(id, `decision ${decision.id} was changed`)
    const differing = reader.factsChangedSince(decision, current)
    if (differing.length > 0) throw broken(id, `${differing.join(', ')} is not what was decided on`)
  }
}

const broken = (sampleId: SampleId, detail: string): FlawsmithError =>
  new FlawsmithError(
    'record_broken',
    `Sample ${sampleId} is marked accepted, but ${detail}. Run verify, then restore a backup or decide on the sample again.`,
    { sampleId, detail },
  )
