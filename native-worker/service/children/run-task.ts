import * as v from 'valibot'
import { FlawsmithError } from '../../../contract/errors.ts'
import { RunPlan, TrainingSet } from '../../../contract/trainer.ts'
import { readTextInside } from '../../files/files-inside.ts'
import { resolveInside } from '../../files/resolve-inside.ts'
import { writeWhole } from '../../files/write-whole.ts'

/** What a run was started with, kept beside its checkpoints so that a resume learns from the very same images. */
const RunTaskSchema = v.strictObject({
  plan: RunPlan,
  /** Relative to the run's folder, since a project can be moved; this name and no other, since a project can come from anybody. */
  set: v.strictObject({ ...TrainingSet.entries, file: v.literal('set.bin') }),
})
export type RunTask = v.InferOutput<typeof RunTaskSchema>

const fileName = 'task.json'

export const writeRunTask = (folder: string, task: RunTask): Promise<void> =>
  writeWhole(resolveInside(folder, fileName), JSON.stringify(task, null, 2))

/** @throws FlawsmithError `run_not_resumable` where the file is gone or not ours. */
export function readRunTask(folder: string): RunTask {
  try {
    return v.parse(RunTaskSchema, JSON.parse(readTextInside(folder, fileName) ?? ''))
  } catch (cause) {
    if (cause instanceof FlawsmithError) throw cause
    const message = `${fileName} in ${folder} is missing or damaged, so this run cannot continue. Start a new run; its samples and metrics stay.`
    throw new FlawsmithError('run_not_resumable', message, { file: fileName, folder }, { cause })
  }
}
