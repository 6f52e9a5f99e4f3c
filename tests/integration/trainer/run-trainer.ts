import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sha256 } from '../../../contract/ids.ts'
import type {
  RecordedFile,
  RunIdentity,
  RunPlan,
  TrainerReport,
  TrainerTask,
  TrainingSet,
} from '../../../contract/trainer.ts'
import { childEnvironment } from '../../../native-worker/service/children/child-environment.ts'
import { sha256Of } from '../../../native-worker/files/sha256-of.ts'
import { RandomStream } from '../../../native-worker/random/random-stream.ts'

const entry = join(import.meta.dirname, '../../../native-worker/trainer/child.ts')

export type TrainTask = Extract<TrainerTask, { kind: 'train' }>

export interface TrainerRun {
  readonly reports: readonly TrainerReport[]
  readonly code: number | null
  readonly signal: string | null
}

export interface Controls {
  kill(): void
  stop(): void
  disconnect(): void
}

/** A real trainer child from its first message to its end. */
export function runTrainer(
  task: unknown,
  onReport: (report: TrainerReport, controls: Controls) => void = () => undefined,
): Promise<TrainerRun> {
  const child = spawn(process.execPath, [entry], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: childEnvironment(),
  })
  child.stderr?.resume()
  const reports: TrainerReport[] = []
  let cut = false
  const controls: Controls = {
    kill: () => child.kill('SIGKILL'),
    stop: () => child.send({ kind: 'stop' }),
    disconnect: () => {
      cut = true
      if (child.connected) child.disconnect()
    },
  }
  child.on('message', (message) => {
    reports.push(message as TrainerReport)
    onReport(message as TrainerReport, controls)
  })
  child.send(task as never)
  return new Promise((resolve) => {
    const end = (code: number | null, signal: string | null): void => {
      resolve({ reports, code, signal })
    }
    // 'close' comes after the last message; a child whose channel we cut has only 'exit'.
    child.once('close', end)
    child.once('exit', (code, signal) => {
      if (!child.connected && cut) end(code, signal)
    })
  })
}

export const reportsOf = <Kind extends TrainerReport['kind']>(
  { reports }: TrainerRun,
  kind: Kind,
): readonly Extract<TrainerReport, { kind: Kind }>[] =>
  reports.filter((report): report is Extract<TrainerReport, { kind: Kind }> => report.kind === kind)

/** Stripes, whose width tells the class, with noise: 16 px, grey. */
export function writeTrainingSet(folder: string, classes: TrainingSet['classes']): TrainingSet {
  const size = 16
  const random = RandomStream.fromSeed(1, 'test images')
  const pixels = classes.flatMap(({ images }, label) =>
    Array.from({ length: images * size * size }, (_, index) => {
      const stripe = Math.floor((index % size) / (1 + label)) % 2 === 0 ? 60 : 190
      return stripe + random.integer(40)
    }),
  )
  mkdirSync(join(folder, 'images'), { recursive: true })
  const file = join(folder, 'set.bin')
  writeFileSync(file, Uint8Array.from(pixels))
  return { file, size, channels: 1, classes: [...classes] }
}

/** A file as it would be on record if it had been written as it is now. */
export const recordedFile = (file: string): RecordedFile => ({
  file,
  sha256: existsSync(file) ? sha256Of(readFileSync(file)) : ('f'.repeat(64) as Sha256),
})

export const identityOf = ({ recipe, seed, size, channels, classNames, parameters }: RunPlan): RunIdentity => ({
  recipe,
  seed,
  size,
  channels,
  classNames,
  parameters,
})

export function trainTask(
  folder: string,
  {
    plan,
    set,
    ...rest
  }: { plan: Partial<TrainTask['plan']>; set: TrainingSet } & Partial<Omit<TrainTask, 'plan' | 'set'>>,
): TrainTask {
  // As a project has them: the trainer makes none above the last one.
  mkdirSync(join(folder, 'images'), { recursive: true })
  return {
    kind: 'train',
    plan: {
      recipe: 'acgan',
      parameters: { batch: 8 },
      seed: 11,
      engine: 'wasm',
      size: set.size,
      channels: set.channels,
      classNames: set.classes.map(({ name }) => name),
      targetSteps: 8,
      targetMinutes: null,
      ...plan,
    },
    set,
    folder,
    imagesFolder: join(folder, 'images'),
    snapshotEverySeconds: 1e6,
    checkpointEverySeconds: 1e6,
    resumeFrom: null,
    setSha256: null,
    ...rest,
  }
}
