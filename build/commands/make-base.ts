import { appendFile, mkdtemp, mkdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { EngineName } from '../../contract/engines.ts'
import type { RecordedFile, TrainerReport, TrainerTask } from '../../contract/trainer.ts'
import type { Metric } from '../../contract/training.ts'
import { sha256Of } from '../../native-worker/files/sha256-of.ts'
import { writeWhole } from '../../native-worker/files/write-whole.ts'
import { findComputeRuntime } from '../../native-worker/service/children/compute-runtime.ts'
import { runTrainerTask } from '../../native-worker/service/children/run-trainer-task.ts'
import { drawSurfaces } from '../../native-worker/surfaces/draw-surfaces.ts'
import { baseFileName, baseFormat, type BaseName } from '../../native-worker/trainer/bases/base.ts'
import { baseTensorsOf } from '../../native-worker/trainer/bases/base-tensors-of.ts'
import { decodeSafetensors, encodeSafetensors } from '../../native-worker/trainer/safetensors.ts'
import { ensureEnginePack } from '../setup/engine-pack.ts'
import { projectRoot } from '../setup/project-root.ts'
import { runToExit } from '../setup/run-to-exit.ts'
import { say } from '../setup/say.ts'

/*
 * `npm run make-base`: draws surfaces that nobody has photographed, trains crgan on them with the product's own trainer, and
 * writes what it has learned as the bases that runs start from, each with a card. The grey one first; the one for colour goes on
 * from it.
 */

const { values } = parseArgs({
  options: {
    families: { type: 'string', default: '100' },
    'per-family': { type: 'string', default: '150' },
    steps: { type: 'string', default: '10000' },
    'colour-steps': { type: 'string', default: '2500' },
    seed: { type: 'string', default: '4' },
    engine: { type: 'string', default: 'tensorflow' },
    out: { type: 'string', default: join(projectRoot, 'native-worker/trainer/bases') },
  },
})
const size = 64
const families = Number(values.families)
const perFamily = Number(values['per-family'])
const seed = Number(values.seed)
const engine = values.engine as EngineName

interface Course {
  readonly channels: 1 | 3
  readonly steps: number
  /** The base it goes on from; null from scratch. */
  readonly from: RecordedFile | null
}

interface Trained {
  readonly checkpoint: string
  readonly versions: Readonly<Record<string, string>>
  readonly seconds: number
  readonly metrics: readonly Metric[]
}

async function train(folder: string, { channels, steps, from }: Course): Promise<Trained> {
  say(`Drawing ${families} families of ${perFamily} surfaces…`)
  const file = join(folder, `surfaces-${channels}.bin`)
  const familyNames: string[] = []
  for (const { name, pixels } of drawSurfaces({ families, perFamily, size, seed, channels })) {
    familyNames.push(`${familyNames.length} ${name}`)
    await appendFile(file, pixels)
  }
  const runFolder = join(folder, `run-${channels}`)
  await mkdir(join(runFolder, 'images'), { recursive: true })
  const task: TrainerTask = {
    kind: 'train',
    plan: {
      recipe: 'crgan',
      parameters: { edition: '2', base: from === null ? 'none' : 'run' },
      seed,
      engine,
      size,
      channels,
      classNames: familyNames,
      targetSteps: steps,
      targetMinutes: null,
    },
    set: { file, size, channels, classes: familyNames.map((name) => ({ name, images: perFamily })) },
    setSha256: null,
    folder: runFolder,
    imagesFolder: join(runFolder, 'images'),
    snapshotEverySeconds: 120,
    checkpointEverySeconds: 600,
    resumeFrom: null,
    measureEverySeconds: 240,
    ...(from === null ? {} : { startFrom: from }),
  }
  const seen: { checkpoint: string; versions: Trained['versions']; seconds: number; metrics: readonly Metric[] } = {
    checkpoint: '',
    versions: {},
    seconds: 0,
    metrics: [],
  }
  let saidAt = 0
  const onReport = (report: TrainerReport): void => {
    if (report.kind === 'started') seen.versions = report.versions
    if (report.kind === 'checkpointWritten') seen.checkpoint = report.file
    if (report.kind === 'snapshotTaken') say(`  sheet ${join(runFolder, 'images')} ${report.sheet}`)
    if (report.kind !== 'progressed') return
    seen.seconds = report.seconds
    const measured = report.metrics.filter(({ name, className }) => className === null && isMeasured(name))
    if (measured.length > 0) seen.metrics = measured
    if (report.step - saidAt < 250) return
    saidAt = report.step
    say(`  step ${report.step} of ${steps}, ${(1000 / report.stepsPerSecond).toFixed(1)} ms each`)
  }
  const runtime = findComputeRuntime(join(projectRoot, 'native-worker'))
  await runTrainerTask({ runtime, task, signal: new AbortController().signal, onReport })
  return seen
}

const isMeasured = (name: string): boolean => ['kid', 'kidFloor', 'coverage', 'diversity'].includes(name)

/** Writes base and card. The card says how it came to be, so that it can be made again. */
async function write(name: BaseName, { course, trained }: { course: Course; trained: Trained }): Promise<RecordedFile> {
  const { tensors } = decodeSafetensors(await readFile(trained.checkpoint))
  const metadata = { ...baseFormat, size: String(size), channels: String(course.channels) }
  const bytes = Buffer.concat(encodeSafetensors({ metadata, tensors: baseTensorsOf(tensors) }, 'F16'))
  const file = join(values.out, baseFileName(name))
  await writeWhole(file, bytes)
  const sha256 = sha256Of(bytes)
  const card = {
    name,
    sha256,
    sizeBytes: bytes.length,
    learnedFrom: `${families} families of ${perFamily} procedurally drawn surfaces with defects, ${size} px; no photograph`,
    families,
    perFamily,
    seed,
    steps: course.steps,
    startedFrom: course.from === null ? null : course.from.sha256,
    engine,
    versions: trained.versions,
    trainingSeconds: Math.round(trained.seconds),
    figures: Object.fromEntries(trained.metrics.map(({ name: metric, value }) => [metric, Number(value.toFixed(4))])),
  }
  await writeWhole(join(values.out, `${name}.json`), `${JSON.stringify(card, null, 2)}\n`)
  say(`${file}: ${bytes.length} bytes, ${sha256}`)
  return { file, sha256 }
}

await runToExit(async () => {
  if (engine === 'tensorflow') await ensureEnginePack()
  const folder = await mkdtemp(join(tmpdir(), 'flawsmith-base-'))
  try {
    const grey: Course = { channels: 1, steps: Number(values.steps), from: null }
    const base = await write('surfaces-grey', { course: grey, trained: await train(folder, grey) })
    const colour: Course = { channels: 3, steps: Number(values['colour-steps']), from: base }
    await write('surfaces-colour', { course: colour, trained: await train(folder, colour) })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return 0
})
