import type { RunId } from '../../../contract/ids.ts'
import type { Project } from '../../project/open-project.ts'
import { getCheckpoint, latestCheckpoint } from '../../project/storage/checkpoints.ts'
import { checkpointFile } from '../../files/checkpoint-files.ts'
import { runFolder } from '../../files/project-paths.ts'
import { resolveInside } from '../../files/resolve-inside.ts'
import { continueFromOf } from '../../project/storage/runs.ts'
import { clearLeftovers } from './clear-leftovers.ts'
import { forgetAfter } from '../jobs/forget-after.ts'
import { readImageList } from './image-list.ts'
import type { ImagesClient } from '../../../contract/images.ts'
import type { RunTask } from '../children/run-task.ts'
import { readRunTask } from '../children/run-task.ts'

export interface PreparedRun {
  readonly task: RunTask
  /** Absolute path of the checkpoint to continue from. */
  readonly resumeFrom: string | null
}

/**
 * Makes a run ready to train, from what its folder and the database say alone: its turn may come after a restart.
 * A new one gets its images packed; any other goes back to its checkpoint and forgets what came after it.
 */
export async function prepareRun(
  project: Project,
  { runId, images }: { readonly runId: RunId; readonly images: ImagesClient },
): Promise<PreparedRun> {
  const { db } = project
  const folder = runFolder(project.folder, runId)
  const task = readRunTask(folder)
  const step = continueFromOf(db, runId)
  const checkpoint = step === null ? latestCheckpoint(db, runId) : getCheckpoint(db, { runId, step })
  if (checkpoint === null) {
    await images.pack({
      images: readImageList(folder),
      size: task.set.size,
      channels: task.set.channels,
      imagesFolder: project.imagesFolder,
      file: resolveInside(folder, task.set.file),
    })
    return { task, resumeFrom: null }
  }
  forgetAfter(project, { runId, step: checkpoint.step })
  clearLeftovers(project, runId)
  return { task, resumeFrom: checkpointFile(project.folder, { runId, file: checkpoint.file }) }
}
