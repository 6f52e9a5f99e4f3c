import { FlawsmithError } from '../../../contract/errors.ts'
import { isSha256 } from '../../../contract/ids.ts'
import type { RunId, Sha256 } from '../../../contract/ids.ts'
import type { TrainingSet } from '../../../contract/trainer.ts'
import { readTextInside } from '../../files/files-inside.ts'
import { resolveInside } from '../../files/resolve-inside.ts'
import { sha256Of } from '../../files/sha256-of.ts'
import { writeWhole } from '../../files/write-whole.ts'
import type { Project } from '../../project/open-project.ts'
import { readTrainingData, recordImageList } from '../../project/storage/training-data.ts'

const nameFor = (runId: RunId): string => `runs/${runId}/images.txt`

/** Which images a run learns from, class by class: a run that waits for days learns from what it was started with. */
export async function writeImageList(
  { db, folder }: Project,
  { runId, images }: { readonly runId: RunId; readonly images: readonly Sha256[] },
): Promise<void> {
  const text = images.map((hash) => `${hash}\n`).join('')
  recordImageList(db, { runId, sha256: sha256Of(text) })
  await writeWhole(resolveInside(folder, nameFor(runId)), text)
}

/** @throws FlawsmithError `run_not_resumable` where the list is gone, or is not the one that was written. */
export function readImageList({ db, folder }: Project, runId: RunId): readonly Sha256[] {
  const text = readTextInside(folder, nameFor(runId)) ?? ''
  const lines = text.split('\n').filter((line) => line !== '')
  const { imageListSha256 } = readTrainingData(db, runId)
  const isOurs = imageListSha256 === null || imageListSha256 === sha256Of(text)
  if (isOurs && lines.length > 0 && lines.every(isSha256)) return lines
  const message = `${nameFor(runId)} is missing or not what run ${runId} was started with, so it cannot begin. Start a new run.`
  throw new FlawsmithError('run_not_resumable', message, { file: nameFor(runId), run: runId })
}

/** The images of a run by class, as its list and its task say together. */
export function imagesByClass(
  project: Project,
  { runId, classes }: { readonly runId: RunId; readonly classes: TrainingSet['classes'] },
): { name: string; images: Sha256[] }[] {
  const list = readImageList(project, runId)
  let taken = 0
  return classes.map(({ name, images }) => ({ name, images: list.slice(taken, (taken += images)) }))
}
