import { FlawsmithError } from '../../../contract/errors.ts'
import type { RunId } from '../../../contract/ids.ts'
import type { RunDetails } from '../../../contract/training.ts'
import { drawableClasses } from '../runs/drawable-classes.ts'
import { countExcludedSince } from '../../project/dataset/changes/find-learners.ts'
import type { Project } from '../../project/open-project.ts'
import { describeRecipes } from '../../trainer/recipes/registry.ts'
import { countClassesToLearn } from '../../project/storage/classes.ts'
import { readMetrics } from '../../project/storage/metrics.ts'
import { summarizeCheckpoints } from '../../project/storage/checkpoints.ts'
import type { RecordedRun } from '../../project/storage/runs.ts'
import { annotateRun, getRunDetails, listRuns } from '../../project/storage/runs.ts'
import { listSnapshots } from '../../project/storage/snapshots.ts'
import { realImagesOf } from '../runs/real-images.ts'
import { listOfferedRuns } from '../runs/run-to-start-from.ts'
import { pinCheckpoint } from '../runs/pin-checkpoint.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

/** Parameter counts are shown for this where no project is open, or for as many classes where it has none yet. */
const example = { size: 64, channels: 1, classCount: 4 } as const

export function runHandlers({
  project,
  training,
  hold,
  estimates,
  sqliteBinding,
}: ServiceContext): Handlers<VerbsOf<'runs'> | VerbsOf<'recipes'>> {
  const complete = (target: Project, run: RecordedRun): RunDetails =>
    training.complete({
      ...run,
      excludedSince: countExcludedSince(target, run.id),
      drawable: drawableClasses(target.db, run),
    })
  return {
    'recipes.list': () => {
      const open = project.get()
      if (open === null) return describeRecipes(example)
      const classes = countClassesToLearn(open.db)
      return describeRecipes({ ...open.describe(), classCount: classes === 0 ? example.classCount : classes })
    },
    'runs.start': (input, { signal }) => training.start(project.requireWritable(), { ...input, signal }),
    'runs.resume': (input) => {
      const target = project.requireWritable()
      if (hold.isHeld(target, input.runId)) throw held(input.runId)
      return training.resume(target, input)
    },
    'runs.estimate': (input, { signal }) => estimates.estimate(project.require(), input, { signal }),
    'runs.offered': (input) => listOfferedRuns(project.require(), { ...input, sqlite: { sqliteBinding } }),
    'runs.trainNow': async ({ runId, onBattery }) => {
      await hold.release(project.require(), runId)
      training.trainNow(runId, { onBattery })
      return null
    },
    'runs.stop': ({ runId }) => {
      training.stop(runId)
      return null
    },
    'runs.list': () => listRuns(project.require().db).map((run) => training.complete(run)),
    'runs.show': ({ runId }) => complete(project.require(), getRunDetails(project.require().db, runId)),
    'runs.metrics': ({ runId }) => readMetrics(project.require().db, runId),
    'runs.realImages': (input) => realImagesOf(project.require(), input),
    'runs.checkpoints': ({ runId }) => summarizeCheckpoints(project.require().db, runId),
    'runs.pinCheckpoint': (input) => pinCheckpoint(project.requireWritable(), input),
    'runs.annotate': (input) => {
      const target = project.requireWritable()
      return complete(target, annotateRun(target.db, input))
    },
    'runs.snapshots': ({ runId }) => listSnapshots(project.require().db, runId),
  }
}

const held = (runId: RunId): FlawsmithError =>
  new FlawsmithError(
    'run_held',
    `Run ${runId} waited in this project when it came to this machine, and does not start before you let the waiting runs start: “flawsmith runs allow”, or --allow-waiting.`,
    { run: runId },
  )
