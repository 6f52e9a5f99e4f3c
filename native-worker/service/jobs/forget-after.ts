import type { RunId } from '../../../contract/ids.ts'
import { removeCheckpoint } from '../../files/checkpoint-files.ts'
import type { Project } from '../../project/open-project.ts'
import { deleteCheckpointsAfter, makeNewestCheckpoint } from '../../project/storage/checkpoints.ts'
import { deleteMetricsAfter } from '../../project/storage/metrics.ts'
import { inTransaction } from '../../project/storage/query.ts'
import { deleteRollbacksAfter } from '../../project/storage/rollbacks.ts'
import { deleteSnapshotsAfter } from '../../project/storage/snapshots.ts'

/** What a run recorded beyond the step it goes back to. Files go after their rows: killed in between, no record lacks its file. */
export function forgetAfter({ db, folder }: Project, point: { runId: RunId; step: number }): void {
  for (const file of forgetRowsAfter(db, point)) removeCheckpoint(folder, { runId: point.runId, file })
}

/** Returns the files of the checkpoints forgotten. */
export const forgetRowsAfter = (db: Project['db'], point: { runId: RunId; step: number }): readonly string[] =>
  inTransaction(db, () => {
    deleteMetricsAfter(db, point)
    deleteRollbacksAfter(db, point)
    deleteSnapshotsAfter(db, point)
    makeNewestCheckpoint(db, point)
    return deleteCheckpointsAfter(db, point)
  })
