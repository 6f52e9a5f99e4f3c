import type { RunId, Sha256 } from '../../../contract/ids.ts'
import type { Project } from '../../project/open-project.ts'
import { getCheckpoint, latestCheckpoint } from '../../project/storage/checkpoints.ts'
import { checkpointFile } from '../../files/checkpoint-files.ts'
import { runFolder } from '../../files/project-paths.ts'
import { resolveInside } from '../../files/resolve-inside.ts'
import type { RecordedFile } from '../../../contract/trainer.ts'
import { continueFromOf } from '../../project/storage/runs.ts'
import { readTrainingData, recordTrainingSet } from '../../project/storage/training-data.ts'
import { clearLeftovers } from './clear-leftovers.ts'
import { forgetAfter } from '../jobs/forget-after.ts'
import { imagesByClass } from './image-list.ts'
import type { ImagesClient } from '../../../contract/images.ts'
import type { RunTask } from './run-task.ts'
import { readRunTask } from './run-task.ts'

export interface PreparedRun {
  readonly task: RunTask
  /** Null where a version that did not record it has packed the set. */
  readonly setSha256: Sha256 | null
  /** The checkpoint to continue from. */
  readonly resumeFrom: RecordedFile | null
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
  const task = readRunTask(project, runId)
  const step = continueFromOf(db, runId)
  const checkpoint = step === null ? latestCheckpoint(db, runId) : getCheckpoint(db, { runId, step })
  if (checkpoint === null) {
    const { file, size, channels } = task.set
    const setSha256 = await images.pack({
      classes: imagesByClass(project, { runId, classes: task.set.classes }),
      size,
      channels,
      imagesFolder: project.imagesFolder,
      file: resolveInside(runFolder(project.folder, runId), file),
    })
    recordTrainingSet(db, { runId, sha256: setSha256 })
    return { task, setSha256, resumeFrom: null }
  }
  const file = checkpointFile(project.folder, { runId, file: checkpoint.file })
  forgetAfter(project, { runId, step: checkpoint.step })
  clearLeftovers(project, runId)
  const { setSha256 } = readTrainingData(db, runId)
  return { task, setSha256, resumeFrom: { file, sha256: checkpoint.sha256 } }
}
