import { isDeepStrictEqual } from 'node:util'
import * as v from 'valibot'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { RunId } from '../../../contract/ids.ts'
import { Sha256 } from '../../../contract/ids.ts'
import { RunIdentity, RunPlan, TrainingSet } from '../../../contract/trainer.ts'
import { readTextInside } from '../../files/files-inside.ts'
import { resolveInside } from '../../files/resolve-inside.ts'
import { writeWhole } from '../../files/write-whole.ts'
import type { Project } from '../../project/open-project.ts'
import { originFileName } from '../../project/storage/run-origins.ts'
import { getRunDetails } from '../../project/storage/runs.ts'
import { identityOf } from './run-identity.ts'

/** What a run was started with, kept beside its checkpoints so that a resume learns from the very same images. */
const RunTaskSchema = v.strictObject({
  plan: RunPlan,
  /** Relative to the run's folder, since a project can be moved; this name and no other, since a project can come from anybody. */
  set: v.strictObject({
    ...TrainingSet.entries,
    file: v.literal('set.bin'),
    marks: v.exactOptional(v.strictObject({ file: v.literal('marks.bin'), sha256: Sha256 })),
  }),
  /** Weights of another run, which this one begins with. */
  startFrom: v.exactOptional(v.strictObject({ file: v.literal(originFileName), sha256: Sha256 })),
})
export type RunTask = v.InferOutput<typeof RunTaskSchema>

const nameFor = (runId: RunId): string => `runs/${runId}/task.json`

export const writeRunTask = (
  { folder }: Project,
  { runId, task }: { readonly runId: RunId; readonly task: RunTask },
): Promise<void> => writeWhole(resolveInside(folder, nameFor(runId)), JSON.stringify(task, null, 2))

/** @throws FlawsmithError `run_not_resumable` where the file is gone, not ours, or of another run than the database says. */
export function readRunTask(project: Project, runId: RunId): RunTask {
  const task = parse(readTextInside(project.folder, nameFor(runId)) ?? '')
  if (task !== null && belongs(task, { project, runId })) return task
  const message = `${nameFor(runId)} is missing, damaged or of another run, so run ${runId} cannot continue. Start a new run; its samples and metrics stay.`
  throw new FlawsmithError('run_not_resumable', message, { file: nameFor(runId), run: runId })
}

function parse(text: string): RunTask | null {
  try {
    const parsed = v.safeParse(RunTaskSchema, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null
    throw thrown
  }
}

function belongs({ plan, set, startFrom }: RunTask, { project, runId }: { project: Project; runId: RunId }): boolean {
  const run = getRunDetails(project.db, runId)
  const identity = identityOf(project, run)
  const planned = Object.fromEntries(
    Object.keys(RunIdentity.entries).map((name) => [name, plan[name as keyof RunIdentity]]),
  )
  return (
    isDeepStrictEqual(planned, { ...identity }) &&
    startFrom?.sha256 === run.origin?.sha256 &&
    set.size === run.size &&
    set.channels === project.channels &&
    isDeepStrictEqual(
      set.classes.map(({ name }) => name),
      identity.classNames,
    ) &&
    set.classes.reduce((total, { images }) => total + images, 0) === run.datasetSize
  )
}
