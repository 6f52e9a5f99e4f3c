import { link, mkdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { RunId } from '../../../contract/ids.ts'
import type { CheckpointSummary } from '../../../contract/training.ts'
import type { Project } from '../../project/open-project.ts'
import { getCheckpoint, moveCheckpoint, summarizeCheckpoints } from '../../project/storage/checkpoints.ts'

const pinnedFolder = 'pinned'

/**
 * A pinned checkpoint lies in a folder that the trainer never clears. It gets a second name there first, then its
 * record is changed, then the first name goes: killed in between, the recorded file exists.
 */
export async function pinCheckpoint(
  { db, folder }: Project,
  { runId, step, pinned }: { runId: RunId; step: number; pinned: boolean },
): Promise<readonly CheckpointSummary[]> {
  const { file } = getCheckpoint(db, { runId, step })
  const runFolder = dirname(dirname(file))
  const moved = [runFolder, pinned ? pinnedFolder : 'checkpoints', basename(file)].join('/')
  if (moved !== file) {
    await mkdir(join(folder, dirname(moved)), { recursive: true })
    await rm(join(folder, moved), { force: true })
    await link(join(folder, file), join(folder, moved))
    moveCheckpoint(db, { runId, step, file: moved, pinned })
    await rm(join(folder, file))
  }
  return summarizeCheckpoints(db, runId)
}
