import type { SampleId } from '../../../contract/ids.ts'
import type { Sample } from '../../../contract/samples.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { Decision } from '../storage/decisions.ts'
import { ensureInspector } from '../storage/inspectors.ts'
import { inTransaction, selectAll, selectOne } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'
import { recordDecisions } from './record-decisions.ts'
import { stateAfter } from './state-after.ts'

/**
 * Takes back an inspector's last decision that still stands, with all samples of the same call, and may be repeated back
 * to the first. Nothing is erased: the undo is one more record. A sample that someone decided on later keeps that
 * decision. Throws `nothing_to_undo`.
 */
export const undo = (db: Db, { by }: { readonly by: string }): Sample[] =>
  inTransaction(db, () => {
    const inspectorId = ensureInspector(db, by)
    const last = selectOne<{ batch: number }>(
      db,
      `SELECT d.batch FROM decisions d WHERE d.inspector_id = :inspectorId AND d.action <> 'undo'
         AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = d.id)
       ORDER BY d.id DESC LIMIT 1`,
      { inspectorId },
    )
    if (last === undefined) throw new FlawsmithError('nothing_to_undo', `${by} has no decision left to undo.`, { by })
    const undone = selectAll<{ id: number; sampleId: SampleId }>(
      db,
      'SELECT id, sample_id AS sampleId FROM decisions WHERE batch = :batch ORDER BY id',
      last,
    )
    return recordDecisions(db, {
      inspectorId,
      inspectorName: by,
      drafts: undone.map(({ id, sampleId }) => ({
        sampleId,
        action: 'undo',
        reason: null,
        undoes: id,
        result: () => stateAfter(standingDecision(db, sampleId)),
      })),
    })
  })

const standingDecision = (db: Db, sampleId: SampleId): Pick<Decision, 'id' | 'action' | 'reason'> | null =>
  selectOne<Pick<Decision, 'id' | 'action' | 'reason'>>(
    db,
    `SELECT d.id, d.action, d.reason FROM decisions d WHERE d.sample_id = :sampleId AND d.action <> 'undo'
       AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = d.id)
     ORDER BY d.id DESC LIMIT 1`,
    { sampleId },
  ) ?? null
