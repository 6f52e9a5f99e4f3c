import { randomUUID } from 'node:crypto'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { ClassId, RunId, SampleId } from '../../../contract/ids.ts'
import type { Project } from '../../project/open-project.ts'
import { getCheckpoint, latestCheckpoint } from '../../project/storage/checkpoints.ts'
import { getClass } from '../../project/storage/classes.ts'
import { checkpointFile } from '../../files/checkpoint-files.ts'
import { removeInside } from '../../files/files-inside.ts'
import { resolveInside } from '../../files/resolve-inside.ts'
import { getRunDetails, learnedClassIndex } from '../../project/storage/runs.ts'
import { insertSamples, nextSampleSeed } from '../../project/storage/samples.ts'
import { onlyCopies } from './drawable-classes.ts'
import { identityOf } from './run-identity.ts'
import type { ComputeRuntime } from '../children/compute-runtime.ts'
import { runTrainerTask } from '../children/run-trainer-task.ts'

/**
 * Draws `count` candidates of a class from a checkpoint of a run (the newest if none is named), one latent a seed. Each batch is
 * recorded as soon as its files are written, so that a cancelled or killed generation keeps what it has. What was written and not
 * recorded then is named in a list, and cleared away when the project is opened next.
 */
export async function generateSamples({
  project,
  runtime,
  runId,
  classId,
  count,
  fromStep,
  seed,
  signal,
  onProgress,
}: {
  project: Project
  runtime: ComputeRuntime
  runId: RunId
  classId: ClassId
  count: number
  fromStep?: number
  seed?: number
  signal: AbortSignal
  onProgress: (done: number, total: number) => void
}): Promise<readonly SampleId[]> {
  const { db, folder } = project
  const run = getRunDetails(db, runId)
  const { name } = getClass(db, classId)
  const classIndex = learnedClassIndex(db, { runId, classId })
  if (classIndex < 0) {
    throw new FlawsmithError(
      'class_not_found',
      `Run ${runId} did not learn “${name}”; it knows ${run.classNames.join(', ')}. Choose one of these, or train a run with this class.`,
      { run: runId, class: name },
    )
  }
  if (onlyCopies(run, classIndex))
    throw new FlawsmithError(
      'invalid_request',
      `Run ${runId} sets defects onto images of “${name}”, which is free of them: a candidate of it would be a copy. Draw another of its classes: ${run.classNames.slice(1).join(', ')}.`,
      { run: runId, class: name },
    )
  const checkpoint = fromStep === undefined ? latestCheckpoint(db, runId) : getCheckpoint(db, { runId, step: fromStep })
  if (checkpoint === null) {
    throw new FlawsmithError('run_has_no_checkpoint', `Run ${runId} has no checkpoint yet. Train it a little longer.`, {
      run: runId,
    })
  }
  const list = `runs/${runId}/generating-${randomUUID()}.txt`
  const ids: SampleId[] = []
  let recording: unknown = null
  await runTrainerTask({
    runtime,
    signal,
    task: {
      kind: 'generate',
      checkpoint: { file: checkpointFile(folder, { runId, file: checkpoint.file }), sha256: checkpoint.sha256 },
      run: identityOf(project, run),
      engine: run.engine,
      classIndex,
      seed: seed ?? nextSampleSeed(db, { runId, classId }),
      count,
      imagesFolder: project.imagesFolder,
      listFile: resolveInside(folder, list),
    },
    onReport: (report) => {
      if (report.kind !== 'generated' || recording !== null) return
      try {
        ids.push(
          ...insertSamples(db, {
            runId,
            classId,
            checkpointStep: checkpoint.step,
            checkpointSha256: checkpoint.sha256,
            images: report.images,
          }),
        )
        onProgress(ids.length, count)
      } catch (thrown) {
        // Thrown inside an event listener it would end the service; it is the job that failed.
        recording = thrown
      }
    },
  })
  if (recording !== null) throw recording as Error
  removeInside(folder, list)
  return ids
}
