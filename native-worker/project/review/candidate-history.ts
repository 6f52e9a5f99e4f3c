import * as v from 'valibot'
import type { SampleId } from '../../../contract/ids.ts'
import type { CandidateEvent } from '../../../contract/samples.ts'
import { GateReason } from '../../../contract/scores.ts'
import { parseColumn } from '../storage/parse-column.ts'
import { selectAll } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'

/** Everything that people did with a candidate, the oldest first. */
export function candidateHistory(db: Db, sampleId: SampleId): readonly CandidateEvent[] {
  const decisions = selectAll<Omit<CandidateEvent, 'overruled'> & { readonly reasons: string | null }>(
    db,
    `SELECT d.action, d.reason, d.inspector_name AS "by", d.decided_at AS at, o.reasons
     FROM decisions d LEFT JOIN gate_overrides o ON o.decision_id = d.id AND o.sample_id = d.sample_id
     WHERE d.sample_id = :sampleId ORDER BY d.id`,
    { sampleId },
  )
  const releases = selectAll<{ readonly by: string; readonly at: string; readonly reasons: string }>(
    db,
    `SELECT made_by AS "by", made_at AS at, reasons FROM gate_overrides
     WHERE sample_id = :sampleId AND kind = 'released' ORDER BY id`,
    { sampleId },
  ).map((release) => ({ ...release, action: 'release' as const, reason: null }))
  return [...decisions, ...releases]
    .map(({ reasons, ...event }) => ({
      ...event,
      overruled:
        reasons === null ? [] : parseColumn(v.array(GateReason), { column: 'gate_overrides.reasons', json: reasons }),
    }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}
