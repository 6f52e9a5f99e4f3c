import type { RunId } from '../../../contract/ids.ts'
import { clearUnrecordedCheckpoints } from '../../project/clear-unrecorded-checkpoints.ts'
import { clearUnrecordedSheets } from '../../project/clear-unrecorded-images.ts'
import type { Project } from '../../project/open-project.ts'

/** Removes what a run left half-written or no longer has on record. Only while it does not train. */
export function clearLeftovers(project: Project, runId: RunId): void {
  clearUnrecordedSheets(project, runId)
  clearUnrecordedCheckpoints(project, runId)
}
