import type { RunId, Sha256 } from '../../contract/ids.ts'
import { execute, selectAll, selectOne } from './query.ts'
import type { Db } from './query.ts'

export interface Checkpoint {
  readonly step: number
  /** Relative to the project folder, with `/` between names. */
  readonly file: string
  readonly sha256: Sha256
}

export function insertCheckpoint(db: Db, runId: RunId, checkpoint: Checkpoint): void {
  execute(
    db,
    `INSERT INTO checkpoints (run_id, step, file, sha256, created_at) VALUES (:runId, :step, :file, :sha256, :createdAt)
     ON CONFLICT (run_id, step) DO UPDATE SET file = excluded.file, sha256 = excluded.sha256, created_at = excluded.created_at`,
    { ...checkpoint, runId, createdAt: new Date().toISOString() },
  )
}

export const latestCheckpoint = (db: Db, runId: RunId): Checkpoint | null =>
  selectOne<Checkpoint>(
    db,
    'SELECT step, file, sha256 FROM checkpoints WHERE run_id = :runId ORDER BY step DESC LIMIT 1',
    { runId },
  ) ?? null

/** Oldest first. */
export const listCheckpoints = (db: Db, runId: RunId): Checkpoint[] =>
  selectAll(db, 'SELECT step, file, sha256 FROM checkpoints WHERE run_id = :runId ORDER BY step', { runId })

/** For a checkpoint whose file is gone or was cleared away. */
export const deleteCheckpoint = (db: Db, { runId, step }: { readonly runId: RunId; readonly step: number }): number =>
  execute(db, 'DELETE FROM checkpoints WHERE run_id = :runId AND step = :step', { runId, step }).changes
