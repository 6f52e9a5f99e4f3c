import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { FlawsmithError } from '../../../contract/errors.ts'
import { RunPlan, TrainingSet } from '../../../contract/trainer.ts'
import { writeWhole } from '../../files/write-whole.ts'

/** What a run was started with, kept beside its checkpoints so that a resume learns from the very same images. */
const RunTaskSchema = v.strictObject({
  plan: RunPlan,
  /** `file` is relative to the run's folder: a project can be moved. */
  set: TrainingSet,
})
export type RunTask = v.InferOutput<typeof RunTaskSchema>

const fileName = 'task.json'

export async function writeRunTask(folder: string, task: RunTask): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeWhole(join(folder, fileName), JSON.stringify(task, null, 2))
}

/** @throws FlawsmithError `run_not_resumable` where the file is gone or not ours. */
export async function readRunTask(folder: string): Promise<RunTask> {
  const file = join(folder, fileName)
  try {
    return v.parse(RunTaskSchema, JSON.parse(await readFile(file, 'utf8')))
  } catch (cause) {
    const message = `${file} is missing or damaged, so this run cannot continue. Start a new run; its samples and metrics stay.`
    throw new FlawsmithError('run_not_resumable', message, { file }, { cause })
  }
}
