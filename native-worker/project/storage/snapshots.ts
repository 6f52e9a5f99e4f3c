import type { RunId } from '../../../contract/ids.ts'
import type { Snapshot } from '../../../contract/training.ts'
import { execute, selectAll } from './query.ts'
import type { Db } from './query.ts'

export function insertSnapshot(db: Db, runId: RunId, snapshot: Snapshot): void {
  execute(
    db,
    `INSERT OR REPLACE INTO snapshots (run_id, step, sheet, sheet_rows, sheet_columns, created_at)
     VALUES (:runId, :step, :sheet, :rows, :columns, :createdAt)`,
    { ...snapshot, runId, createdAt: new Date().toISOString() },
  )
}

/** Oldest first. */
export const listSnapshots = (db: Db, runId: RunId): Snapshot[] =>
  selectAll(
    db,
    `SELECT step, sheet, sheet_rows AS "rows", sheet_columns AS "columns" FROM snapshots WHERE run_id = :runId ORDER BY step`,
    { runId },
  )

/** A run that goes back to `step` draws what follows anew. */
export const deleteSnapshotsAfter = (
  db: Db,
  { runId, step }: { readonly runId: RunId; readonly step: number },
): number => execute(db, 'DELETE FROM snapshots WHERE run_id = :runId AND step > :step', { runId, step }).changes
