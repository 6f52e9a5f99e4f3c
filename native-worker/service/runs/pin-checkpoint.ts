import type { RunId } from '../../../contract/ids.ts'
import type { CheckpointSummary } from '../../../contract/training.ts'
import { checkpointPath, linkCheckpoint, partsOfCheckpoint, removeCheckpoint } from '../../files/checkpoint-files.ts'
import type { Project } from '../../project/open-project.ts'
import { getCheckpoint, moveCheckpoint, summarizeCheckpoints } from '../../project/storage/checkpoints.ts'

/**
 * A pinned checkpoint lies in a folder that the trainer never clears. It gets a second name there first, then its
 * record is changed, then the first name goes: killed in between, the recorded file exists.
 */
export function pinCheckpoint(
  { db, folder }: Project,
  { runId, step, pinned }: { runId: RunId; step: number; pinned: boolean },
): readonly CheckpointSummary[] {
  const { file } = getCheckpoint(db, { runId, step })
  const { name } = partsOfCheckpoint({ runId, file })
  const moved = checkpointPath(runId, { shelf: pinned ? 'pinned' : 'checkpoints', name })
  if (moved !== file) {
    linkCheckpoint(folder, { runId, from: file, to: moved })
    moveCheckpoint(db, { runId, step, file: moved, pinned })
    removeCheckpoint(folder, { runId, file })
  }
  return summarizeCheckpoints(db, runId)
}
