import type { RunId, Sha256 } from '../../../contract/ids.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { CheckpointSummary } from '../../../contract/training.ts'
import { execute, inTransaction, selectAll, selectOne } from './query.ts'
import type { Db } from './query.ts'

export interface Checkpoint {
  readonly step: number
  /** Of training up to here; null for checkpoints of versions that did not record it. */
  readonly seconds: number | null
  /** Relative to the project folder, with `/` between names. */
  readonly file: string
  readonly sha256: Sha256
}

/** A new best one takes the mark from the former. The ids say in which order checkpoints were written: a clock may be set back. */
export function insertCheckpoint(
  db: Db,
  runId: RunId,
  { best = false, ...checkpoint }: Checkpoint & { readonly best?: boolean },
): void {
  inTransaction(db, () => {
    if (best) execute(db, 'UPDATE checkpoints SET best = 0 WHERE run_id = :runId AND best = 1', { runId })
    execute(
      db,
      `INSERT INTO checkpoints (run_id, step, seconds, file, sha256, created_at, best)
       VALUES (:runId, :step, :seconds, :file, :sha256, :createdAt, :best)
       ON CONFLICT (run_id, step) DO UPDATE SET id = (SELECT max(id) + 1 FROM checkpoints), seconds = excluded.seconds, file = excluded.file, sha256 = excluded.sha256,
         created_at = excluded.created_at, best = max(best, excluded.best)`,
      { ...checkpoint, runId, createdAt: new Date().toISOString(), best: best ? 1 : 0 },
    )
  })
}

const keptCheckpoints = 3

/** Forgets all but the last three written, the best and the pinned. Returns the files of the others. */
export const deleteOldCheckpoints = (db: Db, runId: RunId): string[] =>
  selectAll<{ file: string }>(
    db,
    `DELETE FROM checkpoints WHERE run_id = :runId AND pinned = 0 AND best = 0 AND id NOT IN (
       SELECT id FROM checkpoints WHERE run_id = :runId ORDER BY id DESC LIMIT :kept
     ) RETURNING file`,
    { runId, kept: keptCheckpoints },
  ).map(({ file }) => file)

/** By the order of writing, not by step: a run that went back to an earlier step continues from there. */
export const latestCheckpoint = (db: Db, runId: RunId): Checkpoint | null =>
  selectOne<Checkpoint>(
    db,
    'SELECT step, seconds, file, sha256 FROM checkpoints WHERE run_id = :runId ORDER BY id DESC LIMIT 1',
    { runId },
  ) ?? null

/** @throws FlawsmithError `run_has_no_checkpoint`, naming the steps there are. */
export function getCheckpoint(db: Db, { runId, step }: { readonly runId: RunId; readonly step: number }): Checkpoint {
  const all = listCheckpoints(db, runId)
  const found = all.find((checkpoint) => checkpoint.step === step)
  if (found !== undefined) return found
  const steps = all.map((checkpoint) => checkpoint.step).join(', ')
  throw new FlawsmithError(
    'run_has_no_checkpoint',
    `Run ${runId} has no checkpoint at step ${step}. There are: ${steps || 'none yet'}.`,
    { run: runId, step },
  )
}

/** Oldest first, for people. */
export const summarizeCheckpoints = (db: Db, runId: RunId): CheckpointSummary[] =>
  selectAll<{ step: number; seconds: number | null; createdAt: string; pinned: number; best: number }>(
    db,
    'SELECT step, seconds, created_at AS createdAt, pinned, best FROM checkpoints WHERE run_id = :runId ORDER BY step',
    { runId },
  ).map((row) => ({ ...row, pinned: row.pinned === 1, best: row.best === 1 }))

/** Where the file lies now, and whether it is kept for good. */
export const moveCheckpoint = (
  db: Db,
  checkpoint: { readonly runId: RunId; readonly step: number; readonly file: string; readonly pinned: boolean },
): number =>
  execute(db, 'UPDATE checkpoints SET file = :file, pinned = :pinned WHERE run_id = :runId AND step = :step', {
    ...checkpoint,
    pinned: checkpoint.pinned ? 1 : 0,
  }).changes

/** Oldest first. */
export const listCheckpoints = (db: Db, runId: RunId): Checkpoint[] =>
  selectAll(db, 'SELECT step, seconds, file, sha256 FROM checkpoints WHERE run_id = :runId ORDER BY step', { runId })

/** Forgets the checkpoints of a future that a run has left by going back to `step`; pinned ones stay. Returns their files. */
export const deleteCheckpointsAfter = (
  db: Db,
  { runId, step }: { readonly runId: RunId; readonly step: number },
): string[] =>
  selectAll<{ file: string }>(
    db,
    'DELETE FROM checkpoints WHERE run_id = :runId AND step > :step AND pinned = 0 RETURNING file',
    { runId, step },
  ).map(({ file }) => file)

/** A run continues from here, whatever it has written before: pinned checkpoints of the future it has left stay. */
export const makeNewestCheckpoint = (db: Db, point: { readonly runId: RunId; readonly step: number }): number =>
  execute(
    db,
    'UPDATE checkpoints SET id = (SELECT max(id) + 1 FROM checkpoints) WHERE run_id = :runId AND step = :step',
    point,
  ).changes
