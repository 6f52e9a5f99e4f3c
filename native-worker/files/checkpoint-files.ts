import { linkSync, mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { FlawsmithError } from '../../contract/errors.ts'
import type { RunId } from '../../contract/ids.ts'
import { resolveInside } from './resolve-inside.ts'

/** A pinned checkpoint lies on a shelf of its own, which is never cleared. */
export type CheckpointShelf = 'checkpoints' | 'pinned'

/** What the database says of a checkpoint's file; the record is data as any other. */
export interface RecordedCheckpoint {
  readonly runId: RunId
  /** Relative to the project folder, with `/` between names, as `checkpointPath` makes it. */
  readonly file: string
}

export const checkpointPath = (
  runId: RunId,
  { shelf, name }: { readonly shelf: CheckpointShelf; readonly name: string },
): string => `runs/${runId}/${shelf}/${name}`

export function partsOfCheckpoint({ runId, file }: RecordedCheckpoint): {
  readonly shelf: CheckpointShelf
  readonly name: string
} {
  const [, , shelf, name = ''] = file.split('/')
  if ((shelf === 'checkpoints' || shelf === 'pinned') && file === checkpointPath(runId, { shelf, name }))
    return { shelf, name }
  throw new FlawsmithError(
    'path_outside',
    `“${file.slice(0, 200)}” is recorded as a checkpoint of run ${runId} and is no place for one. Verify the project, or get an unaltered copy.`,
    { run: runId, path: file.slice(0, 200) },
  )
}

/** Where it lies. @throws FlawsmithError `path_outside` for anything that is no checkpoint of this very run. */
export function checkpointFile(folder: string, checkpoint: RecordedCheckpoint): string {
  return resolveInside(folder, checkpointPath(checkpoint.runId, partsOfCheckpoint(checkpoint)))
}

/** It may be gone already. @throws FlawsmithError `path_outside` */
export const removeCheckpoint = (folder: string, checkpoint: RecordedCheckpoint): void =>
  rmSync(checkpointFile(folder, checkpoint), { force: true })

/** Gives a checkpoint a second name, in whose place there may be another file. @throws FlawsmithError `path_outside` */
export function linkCheckpoint(
  folder: string,
  { runId, from, to }: { readonly runId: RunId; readonly from: string; readonly to: string },
): void {
  const target = checkpointFile(folder, { runId, file: to })
  mkdirSync(dirname(target), { recursive: true })
  rmSync(target, { force: true })
  linkSync(checkpointFile(folder, { runId, file: from }), target)
}
