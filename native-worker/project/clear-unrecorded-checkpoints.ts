import type { RunId } from '../../contract/ids.ts'
import { checkpointPath } from '../files/checkpoint-files.ts'
import { namesInside, removeInside } from '../files/files-inside.ts'
import { listCheckpoints } from './storage/checkpoints.ts'
import type { Db } from './storage/query.ts'

/** Removes the checkpoints of a run that were written and not recorded, or are no longer on record. Only while it does not train. */
export function clearUnrecordedCheckpoints(
  { db, folder }: { readonly db: Db; readonly folder: string },
  runId: RunId,
): void {
  const recorded = new Set(listCheckpoints(db, runId).map(({ file }) => file))
  // Every checkpoint may be pinned, or none written yet.
  for (const name of namesInside(folder, `runs/${runId}/checkpoints`)) {
    const file = checkpointPath(runId, { shelf: 'checkpoints', name })
    if (!recorded.has(file)) removeInside(folder, file)
  }
}
