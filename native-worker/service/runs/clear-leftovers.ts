import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunId } from '../../../contract/ids.ts'
import { clearUnrecordedSheets } from '../../project/clear-unrecorded-images.ts'
import type { Project } from '../../project/open-project.ts'
import { listCheckpoints } from '../../project/storage/checkpoints.ts'
import { runFolder } from '../../files/project-paths.ts'

/** Removes what a run left half-written or no longer has on record. Only while it does not train. */
export async function clearLeftovers(project: Project, runId: RunId): Promise<void> {
  clearUnrecordedSheets(project, runId)
  await clearCheckpoints(project, runId)
}

async function clearCheckpoints({ db, folder }: Project, runId: RunId): Promise<void> {
  const checkpoints = join(runFolder(folder, runId), 'checkpoints')
  const recorded = new Set(listCheckpoints(db, runId).map(({ file }) => join(folder, file)))
  for (const name of await namesIn(checkpoints)) {
    const file = join(checkpoints, name)
    if (!recorded.has(file)) await rm(file, { force: true })
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (thrown) {
    // Every checkpoint may be pinned, or none written yet.
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return []
    throw thrown
  }
}
