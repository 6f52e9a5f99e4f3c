import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readFile } from 'node:fs/promises'
import type { EngineName } from '../../../contract/engines.ts'
import type { Sha256 } from '../../../contract/ids.ts'
import type { TrainingLimit } from './cell-log.ts'
import type { RecordedFile, RunIdentity, TrainerReport, TrainerTask, TrainingSet } from '../../../contract/trainer.ts'
import type { ParameterValues, RecipeId, Snapshot } from '../../../contract/training.ts'
import type { LabelledImages } from '../../../native-worker/trainer/embedding/labelled-images.ts'
import type { ComputeRuntime } from '../../../native-worker/service/children/compute-runtime.ts'
import type { ImagesClient } from '../../../contract/images.ts'
import { runTrainerTask } from '../../../native-worker/service/children/run-trainer-task.ts'

export interface CellOptions {
  readonly runtime: ComputeRuntime
  readonly client: ImagesClient
  readonly recipe: RecipeId
  readonly parameters: ParameterValues
  readonly seed: number
  readonly engine: EngineName
  readonly limit: TrainingLimit
  /** Emptied of checkpoints when the cell is done; images and pictures stay. */
  readonly folder: string
}

export interface TrainedPart {
  readonly snapshots: readonly Snapshot[]
  readonly steps: number
  readonly seconds: number
  /** Synthetic images, class by class, `wanted[label]` of each. */
  readonly images: LabelledImages
}

/** Trains one network in a trainer child, as the service does, and draws from its last checkpoint. */
export async function trainPart(
  set: TrainingSet,
  { wanted, name, ...options }: CellOptions & { readonly wanted: readonly number[]; readonly name: string },
): Promise<TrainedPart> {
  const { recipe, parameters, seed, engine, limit } = options
  const folder = join(options.folder, name)
  const imagesFolder = join(options.folder, 'images')
  await Promise.all([folder, imagesFolder].map((each) => mkdir(each, { recursive: true })))
  const snapshots: Snapshot[] = []
  const checkpoints: RecordedFile[] = []
  const ends: Extract<TrainerReport, { kind: 'ended' }>[] = []
  const identity: RunIdentity = {
    recipe,
    parameters,
    seed,
    size: set.size,
    channels: set.channels,
    classNames: set.classes.map((item) => item.name),
  }
  await run(options, {
    task: {
      kind: 'train',
      plan: {
        ...identity,
        engine,
        targetSteps: limit.unit === 'steps' ? Math.round(limit.amount) : null,
        targetMinutes: limit.unit === 'minutes' ? limit.amount : null,
      },
      set,
      folder,
      imagesFolder,
      snapshotEverySeconds: limit.unit === 'minutes' ? limit.amount * 20 : 60,
      checkpointEverySeconds: 3600,
      resumeFrom: null,
      setSha256: null,
    },
    onReport: (report) => {
      if (report.kind === 'snapshotTaken') snapshots.push(report)
      if (report.kind === 'checkpointWritten') checkpoints.push({ file: report.file, sha256: report.sha256 })
      if (report.kind === 'ended') ends.push(report)
    },
  })
  const checkpoint = checkpoints.at(-1)
  const end = ends.at(-1)
  if (checkpoint === undefined || end === undefined) throw new Error(`${recipe} ended without a checkpoint`)
  const hashes: Sha256[][] = []
  for (const [classIndex, count] of wanted.entries()) {
    const drawn: Sha256[] = []
    await run(options, {
      task: {
        kind: 'generate',
        checkpoint,
        run: identity,
        engine,
        classIndex,
        seed: 1 + 100_000 * seed,
        count,
        imagesFolder,
      },
      onReport: (report) => {
        if (report.kind === 'generated') drawn.push(...report.images.map(({ sha256 }) => sha256))
      },
    })
    hashes.push(drawn)
  }
  const file = join(folder, 'samples.bin')
  const { size, channels } = set
  await options.client.pack({
    classes: hashes.map((images, label) => ({ name: set.classes[label]?.name ?? '', images })),
    size,
    channels,
    imagesFolder,
    file,
  })
  const labels = hashes.flatMap((drawn, label) => drawn.map(() => label))
  const pixels = await readFile(file)
  await rm(folder, { recursive: true })
  return {
    snapshots,
    steps: end.step,
    seconds: end.seconds,
    images: { pixels, count: labels.length, size, channels, labels },
  }
}

const run = (
  { runtime }: CellOptions,
  { task, onReport }: { task: TrainerTask; onReport: (report: TrainerReport) => void },
): Promise<void> => runTrainerTask({ runtime, task, signal: new AbortController().signal, onReport })
