import type { RunId } from '../../contract/ids.ts'
import { namesInside, removeInside } from '../files/files-inside.ts'
import { clearUnfinished, isUnfinished } from '../files/unfinished-files.ts'
import { selectAll, type Db } from './storage/query.ts'

/** Removes what killed writers left anywhere in a project but among its images. Only under the owner lock: nobody else writes then. */
export function clearUnfinishedFiles({ db, folder }: { readonly db: Db; readonly folder: string }): void {
  clearUnfinished(folder)
  const runs = selectAll<{ id: RunId }>(db, 'SELECT id FROM runs ORDER BY id').map(({ id }) => `runs/${id}`)
  const foldersOfRuns = runs.flatMap((run) => [run, `${run}/checkpoints`, `${run}/pinned`])
  for (const each of ['backups', ...foldersOfRuns])
    for (const name of namesInside(folder, each)) if (isUnfinished(name)) removeInside(folder, `${each}/${name}`)
}
