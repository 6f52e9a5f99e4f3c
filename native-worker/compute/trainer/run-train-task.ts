import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { TrainerReport, TrainerTask } from '../../../contract/trainer.ts'
import type { Engine } from '../engines/engine.ts'
import { LiveMetrics } from '../evaluation/live-metrics.ts'
import type { Gan } from '../recipes/gan.ts'
import { completeParameters, findRecipe } from '../recipes/registry.ts'
import { BatchStream, readTrainingSet } from './batch-stream.ts'
import { readCheckpoint, restoreParameters, writeCheckpoint, type Checkpoint, type RunState } from './checkpoint.ts'
import { storePicture } from './image-store.ts'
import { randomState, restoreRandom, seedRandom } from './run-random.ts'
import { drawSheet, sheetColumns } from './snapshot-sheet.ts'
import { train } from './train.ts'

type TrainTask = Extract<TrainerTask, { kind: 'train' }>

const keptCheckpoints = 3

/** Trains as planned, from the start or from a checkpoint, and files snapshots and checkpoints on the way. */
export async function runTrainTask(
  task: TrainTask,
  { engine, signal, report }: { engine: Engine; signal: AbortSignal; report: (report: TrainerReport) => void },
): Promise<void> {
  const { plan, set, folder, imagesFolder, resumeFrom } = task
  const checkpoint = resumeFrom === null ? null : await readCheckpoint(resumeFrom)
  if (checkpoint !== null) refuseOtherPlan(checkpoint, task)
  const pixels = await readTrainingSet(set)
  const random = checkpoint === null ? seedRandom(plan.seed) : restoreRandom(checkpoint.state.random)
  const batches = new BatchStream({
    set,
    pixels,
    seed: plan.seed,
    order: random.order,
    positions: checkpoint?.state.decks ?? null,
  })
  const recipe = findRecipe(plan.recipe)
  const gan = recipe.build({
    engine,
    height: plan.size,
    width: plan.size,
    channels: plan.channels,
    classCount: plan.classNames.length,
    parameters: completeParameters(recipe, plan.parameters),
    random,
    brightnessDeviation: batches.brightnessDeviation(),
  })
  if (checkpoint !== null) restore(gan, engine, { checkpoint, file: resumeFrom ?? '' })
  const start = { step: checkpoint?.state.step ?? 0, seconds: checkpoint?.state.seconds ?? 0 }
  report({ kind: 'started', ...start, versions: { ...engine.versions, engine: engine.name } })

  const stateAt = (step: number, seconds: number): RunState => ({
    step,
    seconds,
    random: randomState(random) as RunState['random'],
    decks: [...batches.positions],
    optimiserSteps: gan.optimisers.map((optimiser) => optimiser.step),
  })
  const saveCheckpoint = async (step: number, seconds: number): Promise<void> => {
    const file = join(folder, 'checkpoints', `step-${String(step).padStart(8, '0')}.safetensors`)
    const sha256 = await writeCheckpoint(file, {
      tf: engine.tf,
      plan,
      state: stateAt(step, seconds),
      parameters: gan.state,
    })
    report({ kind: 'checkpointWritten', step, file, sha256 })
    await removeOldCheckpoints(join(folder, 'checkpoints'))
  }
  const saveSheet = async (step: number): Promise<void> => {
    const { seed, size, channels, classNames } = plan
    const sheet = await storePicture(
      imagesFolder,
      drawSheet({ engine, gan }, { seed, size, channels, classCount: classNames.length }),
    )
    report({ kind: 'snapshotTaken', step, sheet, rows: classNames.length, columns: sheetColumns })
  }

  if (gan.adopt !== undefined) {
    gan.adopt(batches.all())
    await saveCheckpoint(0, 0)
    await saveSheet(0)
    report({ kind: 'ended', reason: 'done', step: 0, seconds: 0 })
    return
  }
  const live = new LiveMetrics({ engine, set, pixels, seed: plan.seed }, performance.now() / 1000)
  let progress: Extract<TrainerReport, { kind: 'progressed' }> | null = null
  /** Sent together with the latest losses, so that one report holds everything known at this step. */
  const measure = (step: number): void => {
    if (progress === null || !live.isDue(performance.now() / 1000)) return
    report({ ...progress, step, metrics: { ...progress.metrics, ...live.measure(gan) } })
  }

  const end = await train({
    gan,
    engine,
    batches,
    imageShape: [plan.size, plan.size, plan.channels],
    start,
    limits: {
      steps: plan.targetSteps,
      seconds: plan.targetMinutes === null ? null : plan.targetMinutes * 60,
      snapshotEverySeconds: task.snapshotEverySeconds,
      checkpointEverySeconds: task.checkpointEverySeconds,
    },
    signal,
    onEvent: async (event) => {
      switch (event.kind) {
        case 'progressed':
          progress = event
          report(event)
          return
        case 'pictureDue':
          await saveSheet(event.step)
          measure(event.step)
          return
        case 'checkpointDue':
          return saveCheckpoint(event.step, event.seconds)
      }
    },
  })
  report({ kind: 'ended', ...end })
}

function restore(gan: Gan, { tf }: Engine, { checkpoint, file }: { checkpoint: Checkpoint; file: string }): void {
  restoreParameters(tf, gan.state, { tensors: checkpoint.tensors, file })
  gan.optimisers.forEach((optimiser, index) => {
    optimiser.step = checkpoint.state.optimiserSteps[index] ?? 0
  })
}

/** A checkpoint continues its own run only; limits may have been moved. */
function refuseOtherPlan({ plan: stored }: Checkpoint, { plan, resumeFrom }: TrainTask): void {
  const identity = ({ recipe, seed, size, channels, classNames, parameters }: typeof plan): string =>
    JSON.stringify([recipe, seed, size, channels, classNames, Object.entries(parameters).sort()])
  if (identity(stored) === identity(plan)) return
  throw new FlawsmithError(
    'checkpoint_invalid',
    `The checkpoint ${resumeFrom ?? ''} belongs to another run (${stored.recipe}, seed ${stored.seed}, ${stored.size} px). Resume that run instead.`,
    { file: resumeFrom ?? '', recipe: stored.recipe, seed: stored.seed },
  )
}

/** Keeps the last ones written: after a step back the newest has a lower number than what lies beside it. */
async function removeOldCheckpoints(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^step-\d+\.safetensors$/.test(name))
  const files = await Promise.all(
    names.map(async (name) => ({ name, writtenAt: (await stat(join(folder, name))).mtimeMs })),
  )
  files.sort((a, b) => b.writtenAt - a.writtenAt || b.name.localeCompare(a.name))
  for (const { name } of files.slice(keptCheckpoints)) await rm(join(folder, name), { force: true })
}
