import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { EngineName } from '../../contract/engines.ts'
import type { TrainerReport, TrainerTask } from '../../contract/trainer.ts'
import type { RecipeId } from '../../contract/training.ts'
import { RandomStream } from '../../native-worker/random/random-stream.ts'
import { childEnvironment } from '../../native-worker/service/children/child-environment.ts'

/*
 * Trains `--steps` small steps (20,000) in one trainer child, with snapshots, checkpoints and measurements on the way, and prints how
 * the child's resident memory moves: the slope of a straight line through the later half of its samples, in MB per 1,000 steps. `--minutes` ends it
 * earlier. Linux only: memory is read from /proc.
 */

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '20000' },
    minutes: { type: 'string' },
    recipe: { type: 'string', default: 'crgan' },
    engine: { type: 'string', default: 'wasm' },
  },
})
const size = 16
const images = 64
const folder = await mkdtemp(join(tmpdir(), 'flawsmith-soak-'))
const random = RandomStream.fromSeed(1, 'soak')
await writeFile(
  join(folder, 'set.bin'),
  Uint8Array.from({ length: images * size * size }, () => random.integer(256)),
)
const task: TrainerTask = {
  kind: 'train',
  plan: {
    recipe: values.recipe as RecipeId,
    parameters: { batch: 4 },
    seed: 1,
    engine: values.engine as EngineName,
    size,
    channels: 1,
    classNames: ['a', 'b'],
    targetSteps: Number(values.steps),
    targetMinutes: values.minutes === undefined ? null : Number(values.minutes),
  },
  set: {
    file: join(folder, 'set.bin'),
    size,
    channels: 1,
    classes: ['a', 'b'].map((name) => ({ name, images: images / 2 })),
  },
  folder,
  imagesFolder: join(folder, 'images'),
  snapshotEverySeconds: 10,
  checkpointEverySeconds: 30,
  resumeFrom: null,
  setSha256: null,
}
await mkdir(task.imagesFolder)
const child = spawn(process.execPath, [join(import.meta.dirname, '../../native-worker/trainer/child.ts')], {
  stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  env: childEnvironment(),
})
let step = 0
let seconds = 0
child.on('message', (message) => {
  const report = message as TrainerReport
  if (report.kind === 'progressed') ({ step, seconds } = report)
  if (report.kind === 'checkpointWritten') void forget(report.file)
  if (report.kind === 'failed') throw new Error(report.failure.message)
})
const checkpoints: string[] = []
/** As the service does: the last three stay. */
async function forget(file: string): Promise<void> {
  checkpoints.push(file)
  const old = checkpoints.length > 3 ? checkpoints.shift() : undefined
  if (old !== undefined) await rm(old, { force: true })
}
const samples: { readonly step: number; readonly mb: number }[] = []
const sampling = setInterval(() => void sample(), 2000)
async function sample(): Promise<void> {
  const status = await readFile(`/proc/${child.pid ?? 0}/status`, 'utf8').catch(() => '')
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]
  if (kilobytes === undefined || step === 0) return
  samples.push({ step, mb: Number(kilobytes) / 1024 })
  if (samples.length % 15 === 0) process.stderr.write(`step ${step}: ${round(Number(kilobytes) / 1024)} MB\n`)
}
child.send(task)
await new Promise((resolve) => child.once('close', resolve))
clearInterval(sampling)
await rm(folder, { recursive: true, force: true })

// In the first half caches fill, code is compiled and the heap finds its size.
const settled = samples.filter((each) => each.step > step / 2)
const line = {
  bench: 'soak',
  recipe: values.recipe,
  engine: values.engine,
  steps: step,
  seconds: Math.round(seconds),
  samples: settled.length,
  firstMb: round(samples[0]?.mb ?? NaN),
  halfwayMb: round(settled[0]?.mb ?? NaN),
  lastMb: round(settled.at(-1)?.mb ?? NaN),
  highestMb: round(Math.max(...settled.map(({ mb }) => mb))),
  slopeMbPer1000Steps: round(1000 * slopeOf(settled), 3),
}
process.stdout.write(`${JSON.stringify(line)}\n`)

/** Of the least-squares line, in MB a step. */
function slopeOf(points: typeof samples): number {
  const mean = (of: (point: (typeof points)[number]) => number): number =>
    points.reduce((total, point) => total + of(point), 0) / points.length
  const [x, y] = [mean((point) => point.step), mean((point) => point.mb)]
  const covariance = mean((point) => (point.step - x) * (point.mb - y))
  return covariance / mean((point) => (point.step - x) ** 2)
}

function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits))
}
