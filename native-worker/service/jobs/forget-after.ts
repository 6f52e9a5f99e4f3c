import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunId } from '../../../contract/ids.ts'
import type { Project } from '../../project/open-project.ts'
import { deleteCheckpointsAfter } from '../../project/storage/checkpoints.ts'
import { deleteMetricsAfter } from '../../project/storage/metrics.ts'
import { inTransaction } from '../../project/storage/query.ts'
import { deleteRollbacksAfter } from '../../project/storage/rollbacks.ts'
import { deleteSnapshotsAfter } from '../../project/storage/snapshots.ts'

/** What a run recorded beyond the step it goes back to. Files go after their rows: killed in between, no record lacks its file. */
export async function forgetAfter({ db, folder }: Project, point: { runId: RunId; step: number }): Promise<void> {
  for (const file of forgetRowsAfter(db, point)) await rm(join(folder, file), { force: true })
}

/** Returns the files of the checkpoints forgotten. */
export const forgetRowsAfter = (db: Project['db'], point: { runId: RunId; step: number }): readonly string[] =>
  inTransaction(db, () => {
    deleteMetricsAfter(db, point)
    deleteRollbacksAfter(db, point)
    deleteSnapshotsAfter(db, point)
    return deleteCheckpointsAfter(db, point)
  })
