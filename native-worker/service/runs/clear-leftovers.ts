import type { RunId } from '../../../contract/ids.ts'
import { checkpointPath } from '../../files/checkpoint-files.ts'
import { namesInside, removeInside } from '../../files/files-inside.ts'
import { clearUnrecordedSheets } from '../../project/clear-unrecorded-images.ts'
import type { Project } from '../../project/open-project.ts'
import { listCheckpoints } from '../../project/storage/checkpoints.ts'

/** Removes what a run left half-written or no longer has on record. Only while it does not train. */
export function clearLeftovers(project: Project, runId: RunId): void {
  clearUnrecordedSheets(project, runId)
  clearCheckpoints(project, runId)
}

function clearCheckpoints({ db, folder }: Project, runId: RunId): void {
  const recorded = new Set(listCheckpoints(db, runId).map(({ file }) => file))
  // Every checkpoint may be pinned, or none written yet.
  for (const name of namesInside(folder, `runs/${runId}/checkpoints`)) {
    const file = checkpointPath(runId, { shelf: 'checkpoints', name })
    if (!recorded.has(file)) removeInside(folder, file)
  }
}
