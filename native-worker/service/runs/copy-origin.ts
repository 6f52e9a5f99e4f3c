import { constants } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { RunId } from '../../../contract/ids.ts'
import { hashFile } from '../../files/hash-file.ts'
import { resolveInside } from '../../files/resolve-inside.ts'
import { buildWhole } from '../../files/write-whole.ts'
import type { Project } from '../../project/open-project.ts'
import { originFileName } from '../../project/storage/run-origins.ts'
import type { RunTask } from './run-task.ts'
import type { FoundOrigin } from './run-to-start-from.ts'

/** Weights of another run become a file of the run that starts from them. @throws FlawsmithError `base_invalid`, `disk_full` */
export async function copyOrigin(
  { folder }: Pick<Project, 'folder'>,
  { runId, found }: { readonly runId: RunId; readonly found: FoundOrigin | null },
): Promise<Pick<RunTask, 'startFrom'>> {
  if (found === null) return {}
  const { file, origin } = found
  await buildWhole(resolveInside(folder, `runs/${runId}/${originFileName}`), async (unfinished) => {
    await copyFile(file, unfinished, constants.COPYFILE_FICLONE)
    if ((await hashFile(unfinished)) === origin.sha256) return
    throw new FlawsmithError('base_invalid', `${file} was changed while it was copied. Start the run again.`, {
      file,
      why: 'changed meanwhile',
    })
  })
  return { startFrom: { file: originFileName, sha256: origin.sha256 } }
}
