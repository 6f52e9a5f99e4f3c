import type { SampleId } from '../../../contract/ids.ts'
import type { ReopenedDecision, UndoOutcome } from '../../../contract/samples.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { Decision } from '../storage/decisions.ts'
import { listExportsSince } from '../storage/exports.ts'
import { ensureInspector } from '../storage/inspectors.ts'
import { inTransaction, selectAll, selectOne } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'
import { recordDecisions } from './record-decisions.ts'
import { stateAfter } from './state-after.ts'

interface UndoOptions {
  readonly by: string
  /** Only what was decided after this record is taken back without asking; everything, if left out. */
  readonly sittingAfter?: number
  /** The decision that may be reopened although it is older or may be in an export. */
  readonly confirmed?: number
}

/**
 * Takes back an inspector's last decision that still stands, with all samples of the same call, and may be repeated back
 * to the first. What is older than the sitting, or accepted before an export was written, is named and stays as it is
 * until it is `confirmed`. Nothing is erased: the undo is one more record. A sample that someone decided on later keeps
 * that decision. Throws `nothing_to_undo`.
 */
export const undo = (db: Db, { by, sittingAfter = 0, confirmed }: UndoOptions): UndoOutcome =>
  inTransaction(db, () => {
    const inspectorId = ensureInspector(db, by)
    const last = lastStanding(db, inspectorId)
    if (last === null) throw new FlawsmithError('nothing_to_undo', `${by} has no decision left to undo.`, { by })
    const records = selectAll<{ id: number; sampleId: SampleId }>(
      db,
      'SELECT id, sample_id AS sampleId FROM decisions WHERE batch = :id ORDER BY id',
      { id: last.id },
    )
    const decision: ReopenedDecision = {
      ...last,
      by,
      sampleIds: records.map(({ sampleId }) => sampleId),
      exportsSince: last.action === 'accept' ? listExportsSince(db, last.decidedAt) : [],
    }
    const needsConsent = last.id <= sittingAfter || decision.exportsSince.length > 0
    if (needsConsent && confirmed !== last.id) return { decision, samples: null }
    const samples = recordDecisions(db, {
      inspectorId,
      inspectorName: by,
      drafts: records.map(({ id, sampleId }) => ({
        sampleId,
        action: 'undo',
        reason: null,
        undoes: id,
        result: () => stateAfter(standingDecision(db, sampleId)),
      })),
    })
    return { decision, samples }
  })

/** The first record of the inspector's last call that still stands. */
const lastStanding = (
  db: Db,
  inspectorId: number,
): Pick<ReopenedDecision, 'id' | 'action' | 'reason' | 'decidedAt'> | null =>
  selectOne(
    db,
    `SELECT d.batch AS id, d.action, d.reason, d.decided_at AS decidedAt
       FROM decisions d WHERE d.inspector_id = :inspectorId AND d.action <> 'undo'
         AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = d.id)
       ORDER BY d.id DESC LIMIT 1`,
    { inspectorId },
  ) ?? null

const standingDecision = (db: Db, sampleId: SampleId): Pick<Decision, 'id' | 'action' | 'reason'> | null =>
  selectOne<Pick<Decision, 'id' | 'action' | 'reason'>>(
    db,
    `SELECT d.id, d.action, d.reason FROM decisions d WHERE d.sample_id = :sampleId AND d.action <> 'undo'
       AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = d.id)
     ORDER BY d.id DESC LIMIT 1`,
    { sampleId },
  ) ?? null
