import type { RunId } from '../../../contract/ids.ts'
import type { Rollback } from '../../../contract/training.ts'
import { execute, selectAll } from './query.ts'
import type { Db } from './query.ts'

export function insertRollback(db: Db, runId: RunId, rollback: Rollback): void {
  execute(
    db,
    `INSERT INTO rollbacks (run_id, step, to_step, quantity, value)
     VALUES (:runId, :step, :toStep, :quantity, :value)`,
    { runId, ...rollback },
  )
}

/** In the order in which they happened. */
export const listRollbacks = (db: Db, runId: RunId): Rollback[] =>
  selectAll<Rollback>(
    db,
    'SELECT step, to_step AS toStep, quantity, value FROM rollbacks WHERE run_id = :runId ORDER BY id',
    { runId },
  )

/** Forgets those that led to a point after `step`: a run that continues from there has not had them. */
export const deleteRollbacksAfter = (
  db: Db,
  { runId, step }: { readonly runId: RunId; readonly step: number },
): number => execute(db, 'DELETE FROM rollbacks WHERE run_id = :runId AND to_step > :step', { runId, step }).changes
